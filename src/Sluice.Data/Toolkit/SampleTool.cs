using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Sluice.Data.Querying;
using Sluice.Data.Schemas;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.Data.Toolkit;

/// <summary>Reads some rows of a table.</summary>
internal sealed class SampleTool(OpenDataEnvironment environment, ToolkitConfig config)
{
    public const string Name = "sample_table_data";

    private const int MaxValueBytes = 400;

    public ToolSpec Create() => ToolSpec.FromHandler<Arguments, JsonElement>(
        Name,
        $"Reads some rows of a table or view, at most {config.MaxSampleRows}, in no order, to see what values look like. Each row is an array. No basis for counts."
        + (environment.MaskPersonalData ? " Personal data come as their kind, such as ‹email›." : ""),
        InvokeAsync) with
    { Effect = ToolEffect.ReadOnly, Timeout = config.QueryTimeout + TimeSpan.FromSeconds(5) };

    private async Task<JsonElement> InvokeAsync(Arguments arguments, ToolContext context)
    {
        var reader = CatalogReader.For(environment, context);
        var (table, _) = await reader.FindTableAsync(arguments.Table).ConfigureAwait(false);
        var schema = await reader.ReadSchemaAsync().ConfigureAwait(false);
        var known = schema?.ColumnsOf(table).Select(column => column.Name).ToArray() ?? [];
        if (known.Length == 0)
        {
            throw new SluiceException(
                ErrorCodes.UnknownCatalogEntry,
                $"The catalog knows table '{table.QualifiedName}', and the database does not have it, or it may not be read.");
        }

        var columns = arguments.Columns is { Count: > 0 } wanted ? Check(wanted, known, table) : known;
        var limit = Math.Min(arguments.Limit, config.MaxSampleRows);
        var query = new ReadOnlyQuery
        {
            Sql = $"SELECT {string.Join(", ", columns.Select(Identifiers.Quote))} FROM {Identifiers.Table(table)} LIMIT {limit}",
            MaxRows = limit,
            MaxValueBytes = MaxValueBytes,
            Timeout = config.QueryTimeout,
        };
        var rows = await FetchedRows.ReadAsync(environment.TargetDatabase!, query, context.CancellationToken).ConfigureAwait(false);
        var masked = environment.MaskPersonalData ? await new SampleMask(environment, reader).FindAsync(table, columns, rows).ConfigureAwait(false) : new Dictionary<int, string>();
        return CompactJson.Of(new
        {
            table = table.QualifiedName,
            rowCount = rows.RowCount,
            truncatedBy = rows.TruncatedBy,
            masked = CompactJson.OrNull(columns.Where((_, i) => masked.ContainsKey(i)).ToArray()),
            hint = rows.RowCount == 0 ? "The table has no rows." : null,
            note = CompactJson.UntrustedNote,
            untrustedData = new { columns, rows = masked.Count > 0 ? SampleMask.Apply(rows.Rows, masked) : rows.Rows },
        });
    }

    private static string[] Check(IReadOnlyList<string> wanted, string[] known, TableKey table)
    {
        var found = wanted.Select(name => known.FirstOrDefault(column => string.Equals(column, name, StringComparison.OrdinalIgnoreCase))).ToArray();
        var unknown = wanted.Where((_, i) => found[i] is null).ToArray();
        return unknown.Length == 0 ? [.. found.OfType<string>()] : throw new SluiceException(
            ErrorCodes.UnknownCatalogEntry,
            string.Join(' ', unknown.Select(name => $"Table '{table.QualifiedName}' has no column '{name}'{NearestName.Suggest(name, known, "it has")}")));
    }

    internal sealed record Arguments(
        [property: Description("The table or view.")] EntityReference Table,
        [property: Description("Only these columns; all when left out."), MaxLength(200)] IReadOnlyList<string>? Columns = null,
        [property: Description("The most rows."), Range(1, ToolkitConfig.MostSampleRows)] int Limit = 10);
}
