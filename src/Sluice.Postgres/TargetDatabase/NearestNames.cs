using Npgsql;
using NpgsqlTypes;
using Sluice.Data;
using Sluice.Postgres.TargetDatabase.Describing;
using Sluice.Postgres.TargetDatabase.Gates;
using Sluice.Postgres.TargetDatabase.Lexing;

namespace Sluice.Postgres.TargetDatabase;

/// <summary>Says which allowed names are nearest to one that is not there.</summary>
internal static class NearestNames
{
    private const int MostNames = 12;
    private const int MostTables = 5000;

    private const string FunctionsSql = """
        select distinct p.proname::text from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'pg_catalog' and p.provolatile <> 'v' and p.prokind in ('f', 'a', 'w') and left(p.proname, 1) = $1
        """;

    public static async Task<QueryException> AddAsync(
        QueryException error, string name, SqlStatement statement, NpgsqlConnection connection, Reach reach, CancellationToken cancellationToken)
    {
        var last = name[(name.LastIndexOf('.') + 1)..].Trim();
        var hint = error.Rule switch
        {
            PostgresErrorCodes.UndefinedFunction => Suggest(last, await FunctionsAsync(connection, last, cancellationToken).ConfigureAwait(false)),
            PostgresErrorCodes.UndefinedTable => Suggest(last, await TablesAsync(connection, reach, cancellationToken).ConfigureAwait(false)),
            _ => Suggest(last, await ColumnsAsync(connection, statement, reach, cancellationToken).ConfigureAwait(false)),
        };
        return new(error.Code, error.Rule, $"{error.Message}{hint}", error.InnerException) { ObjectName = name };
    }

    private static string Suggest(string name, IReadOnlyList<string> candidates)
    {
        var nearest = candidates.Select(candidate => (Candidate: candidate, Distance: EditDistance.Between(name, candidate[(candidate.LastIndexOf('.') + 1)..])))
            .Where(pair => pair.Distance <= Math.Max(2, name.Length / 3)).OrderBy(pair => pair.Distance).ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .Take(3).Select(pair => $"'{pair.Candidate}'").ToArray();
        if (nearest.Length > 0) return $" Did you mean {string.Join(" or ", nearest)}?";
        return candidates.Count is 0 or > MostNames ? "" : $" There are: {string.Join(", ", candidates.Select(candidate => $"'{candidate}'"))}.";
    }

    private static async Task<IReadOnlyList<string>> TablesAsync(NpgsqlConnection connection, Reach reach, CancellationToken cancellationToken)
    {
        var tables = await SchemaReader.ReadRelationsAsync(connection, reach, cancellationToken).ConfigureAwait(false);
        return [.. tables.Take(MostTables).Select(table => $"{table.Schema}.{table.Name}")];
    }

    /// <summary>The columns of the tables that the statement names.</summary>
    private static async Task<IReadOnlyList<string>> ColumnsAsync(
        NpgsqlConnection connection, SqlStatement statement, Reach reach, CancellationToken cancellationToken)
    {
        var tables = await new SchemaReader(reach).ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        return [.. tables.Where(table => statement.Names.Contains(table.Name)).SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name}"))];
    }

    private static async Task<IReadOnlyList<string>> FunctionsAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new(FunctionsSql) { Parameters = { new() { Value = name[..1].ToLowerInvariant(), NpgsqlDbType = NpgsqlDbType.Text } } } },
        };
        await using (batch.ConfigureAwait(false))
        {
            var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var names = await reader.ListAsync(row => row.GetString(0), cancellationToken).ConfigureAwait(false);
                return [.. names.Where(found => !EngineFunctions.IsDenied(found))];
            }
        }
    }
}
