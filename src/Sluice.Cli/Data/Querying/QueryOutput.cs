using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;
using Sluice.Data;
using Sluice.Data.Querying;

namespace Sluice.Cli.Data.Querying;

/// <summary>Writes the rows of a query as they come: a table, a document, or an event for each row.</summary>
internal sealed class QueryOutput(Invocation invocation, IQueryRows rows, string queryHash, long started)
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _row = new();
    private int _count;

    private Terminal Terminal => invocation.Terminal;

    private long ElapsedMs => (long)TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;

    private string? TruncatedBy => rows.Truncation == QueryTruncation.None ? null : rows.Truncation.ToString().ToLowerInvariant();

    public Task WriteAsync(CancellationToken cancellationToken) => invocation.Format switch
    {
        OutputFormat.Json => WriteJsonAsync(cancellationToken),
        OutputFormat.Ndjson => WriteEventsAsync(cancellationToken),
        _ => WriteTableAsync(cancellationToken),
    };

    private async Task WriteTableAsync(CancellationToken cancellationToken)
    {
        var table = new TextTable([.. rows.Columns.Select(column => column.Name)]);
        while (await ReadAsync(cancellationToken)) table.Add([.. Enumerable.Range(0, rows.Columns.Count).Select(Cell)]);
        table.WriteTo(Terminal);
        await Terminal.Out.FlushAsync(cancellationToken);
        Terminal.Error.WriteLine($"{_count} {(_count == 1 ? "row" : "rows")}, {ElapsedMs} ms, query {queryHash}");
        if (TruncatedBy is { } limit) Terminal.Error.WriteLine($"There is more: cut by {limit}. --max-rows raises the limit of rows.");
        if (table.IsCut) Terminal.Error.WriteLine("Long values are shown in part; --output json has them whole.");
    }

    private TextCell Cell(int ordinal) => rows.GetValue(ordinal) switch
    {
        null => new TextCell("NULL", IsNumber: true),
        bool flag => flag ? "true" : "false",
        var value => new TextCell(CellJson.ToText(value), value is long or decimal or double),
    };

    private async Task WriteJsonAsync(CancellationToken cancellationToken)
    {
        var output = Terminal.Out;
        output.Write("{\"columns\":");
        output.Write(JsonOutput.ToLine(ColumnsOf()));
        output.Write(",\n\"rows\":[");
        while (await ReadAsync(cancellationToken)) output.Write($"{(_count == 1 ? "\n" : ",\n")}{RowJson()}");
        output.Write($"],\n\"rowCount\":{_count},{(TruncatedBy is { } limit ? $"\"truncatedBy\":\"{limit}\"," : "")}");
        output.WriteLine($"\"elapsedMs\":{ElapsedMs},\"queryHash\":\"{queryHash}\"}}");
    }

    private async Task WriteEventsAsync(CancellationToken cancellationToken)
    {
        Terminal.WriteEvent(new { type = "columns", columns = ColumnsOf() });
        while (await ReadAsync(cancellationToken)) Terminal.Out.WriteLine($"{{\"type\":\"row\",\"values\":{RowJson()}}}");
        Terminal.WriteEvent(new { type = "completed", rowCount = _count, truncatedBy = TruncatedBy, elapsedMs = ElapsedMs, queryHash });
    }

    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (!await rows.ReadAsync(cancellationToken)) return false;
        _count++;
        return true;
    }

    private object[] ColumnsOf() => [.. rows.Columns.Select(column => new { name = column.Name, type = column.DataType })];

    private string RowJson()
    {
        _row.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_row, Relaxed);
        json.WriteStartArray();
        for (var i = 0; i < rows.Columns.Count; i++) CellJson.Write(json, rows.GetValue(i));
        json.WriteEndArray();
        json.Flush();
        return Encoding.UTF8.GetString(_row.WrittenSpan);
    }
}
