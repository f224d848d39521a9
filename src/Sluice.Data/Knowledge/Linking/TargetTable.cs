namespace Sluice.Data.Knowledge.Linking;

/// <summary>A table that documents may apply to.</summary>
internal sealed class TargetTable(string id, string name)
{
    /// <summary>The id of its entry.</summary>
    public string Id => id;

    /// <summary>Its name with its schema.</summary>
    public string Name => name;

    /// <summary>The ids of the entries of its columns, by their names.</summary>
    public Dictionary<string, string> Columns { get; } = new(StringComparer.OrdinalIgnoreCase);
}
