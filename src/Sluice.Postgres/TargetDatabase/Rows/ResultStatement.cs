using System.Data;
using Npgsql;
using Sluice.Postgres.TargetDatabase.Lexing;

namespace Sluice.Postgres.TargetDatabase.Rows;

/// <summary>The statement that is run for its rows. Values of types that we do not read ourselves come as the engine's text.</summary>
internal sealed record ResultStatement(string Text, IReadOnlyList<NpgsqlParameter> Parameters, IReadOnlyList<ResultColumn> Columns)
{
    private const uint EngineText = 25;

    /// <summary>Asks the engine which columns there are, without running the statement.</summary>
    public static async Task<ResultStatement> DescribeAsync(
        ReadSession session, SqlStatement statement, IReadOnlyList<NpgsqlParameter> parameters, CancellationToken cancellationToken)
    {
        var batch = session.CreateBatch(statement.Text, parameters);
        await using (batch.ConfigureAwait(false))
        {
            var reader = await batch.ExecuteReaderAsync(CommandBehavior.SchemaOnly, cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var columns = Enumerable.Range(0, reader.FieldCount)
                    .Select(i => new ResultColumn(reader.GetName(i), TypeName(reader, i), reader.GetPostgresType(i).OID)).ToArray();
                if (statement.IsExplain || columns.All(column => ValueFormat.Knows(column.Type))) return new(statement.Text, parameters, columns);
                return new(AsTexts(statement.Text, columns), parameters, [.. columns.Select(Readable)]);
            }
        }
    }

    private static ResultColumn Readable(ResultColumn column) => ValueFormat.Knows(column.Type) ? column : column with { Type = EngineText };

    private static string? TypeName(NpgsqlDataReader reader, int ordinal) =>
        reader.GetPostgresType(ordinal).OID == 0 ? null : reader.GetDataTypeName(ordinal);

    /// <summary>The statement stands in lines of its own and was found to be one by itself, so the parentheses cannot be closed from within.</summary>
    private static string AsTexts(string text, IReadOnlyList<ResultColumn> columns)
    {
        var values = columns.Select((column, i) => ValueFormat.Knows(column.Type) ? $"c{i}" : $"c{i}::pg_catalog.text");
        return $"select {string.Join(", ", values)} from (\n{text}\n) as result ({string.Join(", ", columns.Select((_, i) => $"c{i}"))})";
    }
}
