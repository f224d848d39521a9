using System.Text.Json;
using Sluice.Data.Profiling.Dialects;

namespace Sluice.Data.Profiling.Writing;

/// <summary>Profiles of tables as an earlier run left them.</summary>
internal sealed class StoredProfiles(CatalogSink sink, SqlDialect dialect, string databaseId)
{
    private readonly ProfileEntries _entries = new(databaseId);

    /// <summary>The signature of a table as it was profiled; null when it never was.</summary>
    public async Task<string?> SignatureAsync(TableDescription table, CancellationToken cancellationToken) =>
        await sink.GetAsync(_entries.IdOf(table), cancellationToken).ConfigureAwait(false) is { } entry && EntryMerge.IsOurs(entry) ? TextOf(entry, ProfileEntries.Signature) : null;

    /// <summary>What is known of a table; only its schema when it never was profiled.</summary>
    public async Task<TableProfile> ReadAsync(TableDescription table, CancellationToken cancellationToken)
    {
        var entry = await sink.GetAsync(_entries.IdOf(table), cancellationToken).ConfigureAwait(false);
        var profiles = new Dictionary<string, ColumnProfile?>(StringComparer.OrdinalIgnoreCase);
        await foreach (var column in sink.ListAsync([CatalogItemType.Column], table.Name, cancellationToken).ConfigureAwait(false))
            if (column.Metadata is { ColumnName: { } name, SchemaName: { } schema } && schema == table.Schema) profiles[name] = ProfileJson.Read<ColumnProfile>(column.Metadata.Profile);
        return new()
        {
            Table = table,
            Signature = (entry is null ? null : TextOf(entry, ProfileEntries.Signature)) ?? "",
            Rows = entry?.Metadata.RowCount,
            LikelyKeys = ProfileJson.Read<TableSummary>(entry?.Metadata.Profile)?.LikelyKeys ?? [],
            Columns = [.. table.Columns.Select((column, i) => Create(column, i + 1, profiles.GetValueOrDefault(column.Name)))],
        };
    }

    public static string? TextOf(CatalogEntry entry, string member) =>
        entry.Metadata.Extra.TryGetValue(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private ProfiledColumn Create(ColumnDescription column, int ordinal, ColumnProfile? profile) =>
        new() { Column = column, Ordinal = ordinal, Profile = profile, Family = FamilyOf(column, profile) };

    /// <summary>Where the type tells nothing, or is a hint, what most values are.</summary>
    private TypeFamily FamilyOf(ColumnDescription column, ColumnProfile? profile)
    {
        var declared = dialect.FamilyOf(column.DataType);
        if (profile?.StoredTypes is not { Count: > 0 } kinds || declared?.IsTemporal() == true) return declared ?? TypeFamily.Text;
        var (most, _) = kinds.MaxBy(kind => kind.Value);
        return most switch
        {
            "integer" => declared == TypeFamily.Number || kinds.ContainsKey("real") ? TypeFamily.Number : TypeFamily.Integer,
            "real" => TypeFamily.Number,
            "blob" => TypeFamily.Binary,
            _ => TypeFamily.Text,
        };
    }
}
