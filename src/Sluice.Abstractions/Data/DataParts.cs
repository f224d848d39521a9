namespace Sluice.Data;

/// <summary>Parts of a data environment.</summary>
[Flags]
public enum DataParts
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A database that agents read.</summary>
    TargetDatabase = 1,

    /// <summary>A catalog store.</summary>
    Catalog = 2,

    /// <summary>A key-value store.</summary>
    KeyValue = 4,

    /// <summary>A search index.</summary>
    SearchIndex = 8,
}
