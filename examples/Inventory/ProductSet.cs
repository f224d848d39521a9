namespace Inventory;

/// <summary>A selection of products. It is stored once; plans and prompts carry its handle, and only action handlers see the ids.</summary>
internal sealed record ProductSet
{
    /// <summary>The kind of reference under which sets are stored.</summary>
    public static ReferenceSpec<ProductSet> Reference { get; } =
        Define.Reference<ProductSet>(nameof(ProductSet), ttl: TimeSpan.FromDays(7));

    /// <summary>What was looked for. It keeps two empty selections apart, since a handle stands for a value.</summary>
    public required string About { get; init; }

    /// <summary>The category that was looked through; null: all of them.</summary>
    public string? Category { get; init; }

    /// <summary>The products, such as "P-000123", each once, the most urgent first. May be empty.</summary>
    public required IReadOnlyList<string> ProductIds { get; init; }
}
