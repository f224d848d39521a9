namespace Sluice.Data.Schemas;

/// <summary>A table within its schema. Keys are compared without case, as both dialects compare names that are not quoted.</summary>
/// <param name="Schema">The schema; empty where nobody names one.</param>
/// <param name="Name">The table.</param>
internal readonly record struct TableKey(string Schema, string Name)
{
    /// <summary>The name with its schema.</summary>
    public string QualifiedName => Schema.Length == 0 ? Name : $"{Schema}.{Name}";

    public bool Equals(TableKey other) =>
        string.Equals(Schema, other.Schema, StringComparison.OrdinalIgnoreCase) && string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() =>
        HashCode.Combine(StringComparer.OrdinalIgnoreCase.GetHashCode(Schema ?? ""), StringComparer.OrdinalIgnoreCase.GetHashCode(Name ?? ""));
}
