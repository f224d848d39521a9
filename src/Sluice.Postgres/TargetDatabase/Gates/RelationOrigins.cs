using Npgsql;
using NpgsqlTypes;
using Sluice.Postgres.TargetDatabase.Lexing;

namespace Sluice.Postgres.TargetDatabase.Gates;

/// <summary>Where the relations of a plan come from: the tables they are partitions of, and what allowed views and the policies of allowed tables read.</summary>
internal sealed class RelationOrigins
{
    private const string ParentsSql = """
        select n.nspname::text, c.relname::text, pn.nspname::text, pc.relname::text
        from unnest($1::text[], $2::text[]) as wanted (schema_name, relation_name)
        join pg_catalog.pg_namespace n on n.nspname = wanted.schema_name
        join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = wanted.relation_name
        cross join lateral pg_catalog.pg_partition_ancestors(c.oid) as ancestor (oid)
        join pg_catalog.pg_class pc on pc.oid = ancestor.oid join pg_catalog.pg_namespace pn on pn.oid = pc.relnamespace
        where c.relispartition
        """;

    private const string BehindSql = """
        with recursive reached as (
            select c.oid from unnest($1::text[], $2::text[]) as named (schema_name, relation_name)
            join pg_catalog.pg_namespace n on n.nspname = named.schema_name
            join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = named.relation_name and c.relkind in ('v', 'r', 'p')
            union
            select d.refobjid from reached
            cross join lateral (
                select 'pg_catalog.pg_rewrite'::pg_catalog.regclass, w.oid from pg_catalog.pg_rewrite w where w.ev_class = reached.oid
                union all
                select 'pg_catalog.pg_policy'::pg_catalog.regclass, p.oid from pg_catalog.pg_policy p where p.polrelid = reached.oid) as rule (class, oid)
            join pg_catalog.pg_depend d on d.classid = rule.class and d.objid = rule.oid
                and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass)
        select n.nspname::text, c.relname::text from reached
        join pg_catalog.pg_class c on c.oid = reached.oid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        """;

    private const string SequencesSql = """
        select n.nspname::text, c.relname::text from unnest($1::text[], $2::text[]) as wanted (schema_name, relation_name)
        join pg_catalog.pg_namespace n on n.nspname = wanted.schema_name
        join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = wanted.relation_name
        where c.relkind = 'S'
        """;

    private readonly ILookup<(string Schema, string Name), (string Schema, string Name)> _parents;
    private readonly HashSet<(string Schema, string Name)> _behind;
    private readonly HashSet<(string Schema, string Name)> _sequences;

    private RelationOrigins(IEnumerable<(string, string, string, string)> parents, IEnumerable<(string, string)> behind, IEnumerable<(string, string)> sequences)
    {
        _parents = parents.ToLookup(row => (row.Item1, row.Item2), row => (row.Item3, row.Item4));
        (_behind, _sequences) = ([.. behind], [.. sequences]);
    }

    public static RelationOrigins None { get; } = new([], [], []);

    /// <summary>The relation itself and the tables it is a partition of.</summary>
    public IEnumerable<(string Schema, string Name)> ParentsOf(PlanScan scan) => _parents[(scan.Schema, scan.Name)].Prepend((scan.Schema, scan.Name));

    /// <summary>Whether an allowed view that the statement names reads it, or a policy of an allowed table.</summary>
    public bool IsBehind((string Schema, string Name) relation) => _behind.Contains(relation);

    public bool IsSequence(PlanScan scan) => _sequences.Contains((scan.Schema, scan.Name));

    public static async Task<RelationOrigins> ReadAsync(
        NpgsqlConnection connection, SqlStatement statement, QueryPlan plan, Reach reach, CancellationToken cancellationToken)
    {
        if (!reach.HasDeniedColumns && reach.Settings.IsEmpty && plan.Scans.All(scan => reach.AllowsTable(scan.Schema, scan.Name))) return None;
        var facts = await CatalogFacts.ReadAsync(connection, statement, cancellationToken).ConfigureAwait(false);
        var named = facts.Relations.Where(relation => reach.AllowsTable(relation.Schema, relation.Name)).ToArray();
        var scanned = plan.Scans.Select(scan => (scan.Schema, scan.Name)).ToArray();
        var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { WithPairs(ParentsSql, scanned), WithPairs(BehindSql, named), WithPairs(SequencesSql, scanned) },
        };
        await using (batch.ConfigureAwait(false))
        {
            var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var parents = await reader.ListAsync(
                    row => (row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3)), cancellationToken).ConfigureAwait(false);
                var behind = await reader.ListAsync(row => (row.GetString(0), row.GetString(1)), cancellationToken).ConfigureAwait(false);
                var sequences = await reader.ListAsync(row => (row.GetString(0), row.GetString(1)), cancellationToken).ConfigureAwait(false);
                return new(parents, behind, sequences);
            }
        }
    }

    private static NpgsqlBatchCommand WithPairs(string sql, (string Schema, string Name)[] pairs) => new(sql)
    {
        Parameters =
        {
            new() { Value = pairs.Select(pair => pair.Schema).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            new() { Value = pairs.Select(pair => pair.Name).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
        },
    };
}
