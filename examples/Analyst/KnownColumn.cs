using System.Text.Json;
using Sluice.Data;

namespace Analyst;

/// <summary>A column, with what profiling found out about its values.</summary>
internal sealed class KnownColumn(CatalogEntry entry)
{
    public string Name => entry.Metadata.ColumnName ?? entry.Name;

    /// <summary>How many different values it has; 0 where that is not known.</summary>
    public long DistinctValues => Member("distinctCount") is { ValueKind: JsonValueKind.Number } count ? count.GetInt64() : 0;

    /// <summary>Whether it has few values, over and over.</summary>
    public bool IsEnum => Member("isEnum") is { ValueKind: JsonValueKind.True };

    /// <summary>Whether its values are texts that can be shown to anybody.</summary>
    public bool IsHarmlessText => Member("meanLength") is not null && Member("personalData") is null;

    private JsonElement? Member(string name) =>
        entry.Metadata.Profile is { ValueKind: JsonValueKind.Object } profile && profile.TryGetProperty(name, out var value) ? value : null;
}
