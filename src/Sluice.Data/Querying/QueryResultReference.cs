using System.Text.Json;
using Sluice.Json;

namespace Sluice.Data.Querying;

/// <summary>The kind of reference that results of queries are stored under.</summary>
internal static class QueryResultReference
{
    public const string Kind = "QueryResult";

    // As large results of other tools.
    private static readonly TimeSpan Ttl = TimeSpan.FromDays(7);

    public static ReferenceSpec Spec { get; } = new()
    {
        Name = Kind,
        Ttl = Ttl,
        Schema = JsonElement.Parse(
            """
            {
              "type": "object",
              "properties": {
                "sql": { "type": "string" },
                "parameters": { "type": "object" },
                "queryHash": { "type": "string" },
                "columns": { "type": "array", "items": { "type": "object" } },
                "rows": { "type": "array", "items": { "type": "array" } },
                "rowCount": { "type": "integer" },
                "truncatedBy": { "type": ["string", "null"] }
              },
              "required": ["sql", "queryHash", "columns", "rows", "rowCount"]
            }
            """),
    };

    /// <summary>The value that is stored. How long the query took is not part of it, so that the same result is the same value.</summary>
    public static JsonElement ToValue(string sql, IReadOnlyDictionary<string, JsonElement>? parameters, string queryHash, FetchedRows rows) =>
        JsonSerializer.SerializeToElement(
            new
            {
                sql,
                parameters = parameters ?? new Dictionary<string, JsonElement>(),
                queryHash,
                columns = rows.Columns.Select(column => new { name = column.Name, type = column.DataType }).ToArray(),
                rows = rows.Rows,
                rowCount = rows.RowCount,
                truncatedBy = rows.TruncatedBy,
            },
            SluiceJson.Options);
}
