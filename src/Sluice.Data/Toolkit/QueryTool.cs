using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Sluice.Data.Querying;

namespace Sluice.Data.Toolkit;

/// <summary>Runs one statement that reads.</summary>
internal sealed class QueryTool(OpenDataEnvironment environment, ToolkitConfig config)
{
    public const string Name = "execute_query";

    public ToolSpec Create() => ToolSpec.FromHandler<Arguments, JsonElement>(
        Name,
        $"Runs one SELECT in the {environment.TargetDatabase?.Kind ?? "database's"} dialect and returns columns and rows, each row an array. "
        + $"Write values as @name and give them in params. At most {config.MaxRows} rows. A larger result, or any with asReference, is stored: you get a "
        + $"handle of kind {QueryResultReference.Kind} to pass on, and a glimpse. Prefer aggregates over many rows.",
        InvokeAsync) with
    { Effect = ToolEffect.ReadOnly, Timeout = config.QueryTimeout + Grace };

    // The database ends the query itself, and says so better than the runtime can.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private async Task<JsonElement> InvokeAsync(Arguments arguments, ToolContext context)
    {
        var hash = QueryHash.Of(arguments.Sql, arguments.Params);
        var started = environment.Time.GetTimestamp();
        var rows = await FetchedRows.ReadAsync(environment.TargetDatabase!, ToQuery(arguments), context.CancellationToken).ConfigureAwait(false);
        var elapsedMs = (long)environment.Time.GetElapsedTime(started).TotalMilliseconds;
        return arguments.AsReference || rows.Bytes > config.MaxInlineBytes
            ? await StoreAsync(arguments, hash, rows, elapsedMs, context).ConfigureAwait(false)
            : Inline(hash, rows, elapsedMs);
    }

    private ReadOnlyQuery ToQuery(Arguments arguments) => new()
    {
        Sql = arguments.Sql,
        Parameters = QueryParameters.Read(arguments.Params),
        MaxRows = Math.Min(arguments.MaxRows ?? config.MaxRows, config.MaxRows),
        Timeout = config.QueryTimeout,
    };

    private static JsonElement Inline(string hash, FetchedRows rows, long elapsedMs) => CompactJson.Of(new
    {
        rowCount = rows.RowCount,
        truncated = rows.Truncation != QueryTruncation.None,
        truncatedBy = rows.TruncatedBy,
        elapsedMs,
        queryHash = hash,
        hint = HintOf(rows),
        note = CompactJson.UntrustedNote,
        untrustedData = new { columns = ColumnsOf(rows), rows = rows.Rows },
    });

    private static async Task<JsonElement> StoreAsync(Arguments arguments, string hash, FetchedRows rows, long elapsedMs, ToolContext context)
    {
        var envelope = await context.References.CreateAsync(
            QueryResultReference.Kind, QueryResultReference.ToValue(arguments.Sql, arguments.Params, hash, rows), QueryGlimpse.Of(rows), context.CancellationToken)
            .ConfigureAwait(false);
        return CompactJson.Of(new
        {
            reference = envelope.ToHandle(),
            rowCount = rows.RowCount,
            truncated = rows.Truncation != QueryTruncation.None,
            truncatedBy = rows.TruncatedBy,
            elapsedMs,
            queryHash = hash,
            hint = HintOf(rows) ?? (arguments.AsReference ? null : "The rows are too many to show. Pass the handle on, or aggregate in the query."),
            glimpse = envelope.Glimpse,
        });
    }

    private static object[] ColumnsOf(FetchedRows rows) => [.. rows.Columns.Select(column => new { name = column.Name, type = column.DataType })];

    private static string? HintOf(FetchedRows rows) => rows switch
    {
        { RowCount: 0 } => "No row fits. Check values and case in the conditions: look at some with sample_table_data.",
        { Truncation: not QueryTruncation.None } => "There is more than this. Aggregate, or narrow the conditions, before you conclude anything from it.",
        _ => null,
    };

    internal sealed record Arguments(
        [property: Description("One statement that reads."), Length(1, 100_000)] string Sql,
        [property: Description("Values by parameter name: texts, numbers, true, false or null.")] IReadOnlyDictionary<string, JsonElement>? Params = null,
        [property: Description("The most rows."), Range(1, ToolkitConfig.MostRows)] int? MaxRows = null,
        [property: Description("Whether to store the result and return a handle.")] bool AsReference = false);
}
