using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Data.Profiling.Dialects;
using Sluice.Data.Profiling.Values;
using Sluice.Data.Querying;
using Sluice.Data.Schemas;

namespace Sluice.Data.Toolkit;

/// <summary>Puts the kind of personal data in place of the data.</summary>
internal sealed class SampleMask(OpenDataEnvironment environment, CatalogReader reader)
{
    /// <summary>The columns with personal data, by their place in the rows, and the kind of it.</summary>
    public async Task<IReadOnlyDictionary<int, string>> FindAsync(TableKey table, IReadOnlyList<string> columns, FetchedRows rows)
    {
        var schema = await reader.ReadSchemaAsync().ConfigureAwait(false);
        var found = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in await reader.ListAsync(new() { ItemTypes = [CatalogItemType.Column], TableName = table.Name }).ConfigureAwait(false))
        {
            if (CatalogReader.KeyOf(entry, schema) != table || entry.Metadata is not { ColumnName: { } name, Profile: { ValueKind: JsonValueKind.Object } profile }) continue;
            found[name] = found.GetValueOrDefault(name) ?? (profile.TryGetProperty("personalData", out var kind) && kind.ValueKind == JsonValueKind.String ? kind.GetString() : null);
        }

        var types = schema?.ColumnsOf(table).ToDictionary(column => column.Name, column => column.Metadata.DataType ?? "", StringComparer.OrdinalIgnoreCase) ?? [];
        var masked = new Dictionary<int, string>();
        for (var i = 0; i < columns.Count; i++)
        {
            if (!found.TryGetValue(columns[i], out var kind)) kind = KindOf(columns[i], FamilyOf(types.GetValueOrDefault(columns[i], "")), rows.Rows, i);
            if (kind is not null) masked[i] = kind;
        }

        return masked;
    }

    /// <summary>The rows with what is masked replaced. What is null stays so.</summary>
    public static JsonElement Apply(JsonElement rows, IReadOnlyDictionary<int, string> masked)
    {
        var shown = JsonArray.Create(rows)!;
        foreach (var row in shown)
        {
            foreach (var (column, kind) in masked)
                if (row![column] is not null) row[column] = $"‹{kind}›";
        }

        return JsonSerializer.SerializeToElement(shown);
    }

    private static string? KindOf(string column, TypeFamily? family, JsonElement rows, int ordinal)
    {
        var sketch = new ColumnSketch(family, typesAreHints: true);
        foreach (var row in rows.EnumerateArray())
        {
            sketch.Add(row[ordinal] switch
            {
                { ValueKind: JsonValueKind.Null } => null,
                { ValueKind: JsonValueKind.String } text => text.GetString(),
                { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var whole) => whole,
                { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
                var other => other,
            });
        }

        return PersonalData.KindOf(column, family, sketch.Formats, sketch.NonNull);
    }

    /// <summary>A database of another kind says nothing of its types that is understood here.</summary>
    private TypeFamily? FamilyOf(string dataType) => environment.TargetDatabase?.Kind is "sqlite" or "postgres" ? SqlDialect.For(environment.TargetDatabase.Kind).FamilyOf(dataType) : null;
}
