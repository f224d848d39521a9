namespace Sluice.DataSets.Warehouse;

/// <summary>A table that is made of an entity: the records themselves, or what piles up around them.</summary>
/// <param name="Suffix">The words after the entity's name; empty for the records themselves.</param>
/// <param name="Columns">Columns of its own, in words.</param>
/// <param name="TakesAttributes">How many of the entity's attributes it repeats.</param>
internal sealed record Variant(string Suffix, IReadOnlyList<string> Columns, int TakesAttributes)
{
    public static IReadOnlyList<Variant> All { get; } =
    [
        new("", [], int.MaxValue),
        new("history", ["changed time", "change type", "changed by", "previous value"], 2),
        new("staging", ["load time", "raw payload", "load status", "error text"], 3),
        new("daily snapshot", ["snapshot date", "open count", "closed count", "total value"], 2),
    ];
}
