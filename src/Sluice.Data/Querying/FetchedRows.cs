using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Data.Querying;

/// <summary>The rows of a query, read whole.</summary>
internal sealed class FetchedRows
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required IReadOnlyList<QueryColumn> Columns { get; init; }

    /// <summary>The rows, an array of arrays of values.</summary>
    public required JsonElement Rows { get; init; }

    /// <summary>Their size, in bytes of JSON.</summary>
    public required int Bytes { get; init; }

    public required int RowCount { get; init; }

    public required QueryTruncation Truncation { get; init; }

    /// <summary>What was cut off, as it is written; null: nothing.</summary>
    public string? TruncatedBy => Truncation == QueryTruncation.None ? null : Truncation.ToString().ToLowerInvariant();

    public static async Task<FetchedRows> ReadAsync(ITargetDatabase database, ReadOnlyQuery query, CancellationToken cancellationToken)
    {
        var rows = await database.OpenAsync(query, cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            var buffer = new ArrayBufferWriter<byte>();
            using var json = new Utf8JsonWriter(buffer, Relaxed);
            var count = 0;
            json.WriteStartArray();
            while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                json.WriteStartArray();
                for (var i = 0; i < rows.Columns.Count; i++) CellJson.Write(json, rows.GetValue(i));
                json.WriteEndArray();
                count++;
            }

            json.WriteEndArray();
            json.Flush();
            return new()
            {
                Columns = rows.Columns,
                Rows = JsonElement.Parse(buffer.WrittenSpan),
                Bytes = buffer.WrittenCount,
                RowCount = count,
                Truncation = rows.Truncation,
            };
        }
    }
}
