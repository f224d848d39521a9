using Npgsql;
using NpgsqlTypes;
using Sluice.Postgres.TargetDatabase.Lexing;

namespace Sluice.Postgres.TargetDatabase.Gates;

/// <summary>What the catalog says about the names of one statement.</summary>
internal sealed class CatalogFacts
{
    private const string FunctionsSql = """
        select n.nspname::text, p.proname::text, p.provolatile = 'v', p.prosecdef, p.prorettype = 'pg_catalog.tsm_handler'::pg_catalog.regtype,
            p.pronargs > 0 and exists (select 1 from pg_catalog.pg_type t where t.oid = p.proargtypes[0] and t.typtype in ('c', 'p'))
        from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
        where p.proname = any ($1::text[]::name[])
        """;

    private const string HiddenCallsSql = """
        select true, o.oprname::text, false from pg_catalog.pg_operator o join pg_catalog.pg_proc p on p.oid = o.oprcode
        where (p.provolatile = 'v' or p.prosecdef) and p.pronamespace <> 'pg_catalog'::pg_catalog.regnamespace
        union
        select false, met.name, c.castcontext <> 'e' from pg_catalog.pg_cast c join pg_catalog.pg_proc p on p.oid = c.castfunc
        cross join lateral (
            select t.typname::text from pg_catalog.pg_type t
            where t.oid in (c.castsource, c.casttarget) and t.typnamespace <> 'pg_catalog'::pg_catalog.regnamespace
            union all
            select r.relname::text from pg_catalog.pg_attribute a join pg_catalog.pg_class r on r.oid = a.attrelid
            where a.atttypid = c.castsource and r.relkind in ('r', 'v', 'm', 'p', 'f')) as met (name)
        where (p.provolatile = 'v' or p.prosecdef) and p.pronamespace <> 'pg_catalog'::pg_catalog.regnamespace
        """;

    private const string RelationsSql = """
        select n.nspname::text, c.relname::text from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where c.relname = any ($1::text[]::name[]) and c.relkind in ('r', 'v', 'm', 'p', 'f', 'S')
        """;

    /// <summary>Words that cannot be the name of a function unless quoted.</summary>
    private const string KeywordsSql = "select word from pg_catalog.pg_get_keywords() where catcode in ('R', 'C') and word = any ($1)";

    public required IReadOnlyList<FoundFunction> Functions { get; init; }

    public required IReadOnlyList<HiddenCall> HiddenCalls { get; init; }

    public required IReadOnlyList<(string Schema, string Name)> Relations { get; init; }

    public required IReadOnlySet<string> Keywords { get; init; }

    public static async Task<CatalogFacts> ReadAsync(NpgsqlConnection connection, SqlStatement statement, CancellationToken cancellationToken)
    {
        var names = statement.Names.ToArray();
        var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { WithNames(FunctionsSql, names), new(HiddenCallsSql), WithNames(RelationsSql, names), WithNames(KeywordsSql, names) },
        };
        await using (batch.ConfigureAwait(false))
        {
            var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                return new()
                {
                    Functions = await reader.ListAsync(
                        row => new FoundFunction(row.GetString(0), row.GetString(1), row.GetBoolean(2), row.GetBoolean(3), row.GetBoolean(4), row.GetBoolean(5)),
                        cancellationToken).ConfigureAwait(false),
                    HiddenCalls = await reader.ListAsync(row => new HiddenCall(row.GetBoolean(0), row.GetString(1), row.GetBoolean(2)), cancellationToken).ConfigureAwait(false),
                    Relations = await reader.ListAsync(row => (row.GetString(0), row.GetString(1)), cancellationToken).ConfigureAwait(false),
                    Keywords = (await reader.ListAsync(row => row.GetString(0), cancellationToken).ConfigureAwait(false)).ToHashSet(),
                };
            }
        }
    }

    private static NpgsqlBatchCommand WithNames(string sql, string[] names) =>
        new(sql) { Parameters = { new() { Value = names, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text } } };
}
