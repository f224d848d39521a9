using Npgsql;
using NpgsqlTypes;
using Sluice.Data;
using Sluice.Postgres.TargetDatabase.Gates;

namespace Sluice.Postgres.TargetDatabase.Describing;

/// <summary>Says where row-level security does not hold, so that the settings of the session protect nothing.</summary>
internal static class RowSecurityCheck
{
    private const int MostNames = 10;

    /// <summary>Tables are read with the rights of the role, and those behind a view with the rights of the view's owner, unless it says otherwise.</summary>
    private const string Sql = """
        with recursive readable as (
            select c.oid, n.nspname::text as schema_name, c.relname::text as relation_name
            from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where n.nspname = any ($1) and c.relkind in ('r', 'p', 'v', 'm', 'f')
                and pg_catalog.has_schema_privilege(n.oid, 'USAGE') and pg_catalog.has_any_column_privilege(c.oid, 'SELECT')),
        reached (root, relation, reader) as (
            select readable.oid, readable.oid, me.oid from readable cross join pg_catalog.pg_roles me where me.rolname = current_user
            union
            select reached.root, d.refobjid, case when exists (
                select 1 from pg_catalog.pg_options_to_table(v.reloptions) where option_name = 'security_invoker' and option_value::boolean)
                then reached.reader else v.relowner end
            from reached join pg_catalog.pg_class v on v.oid = reached.relation and v.relkind = 'v'
            join pg_catalog.pg_rewrite w on w.ev_class = v.oid
            join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass and d.objid = w.oid
                and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid <> v.oid),
        judged as (
            select reached.root, bool_or(not c.relrowsecurity) as is_missing,
                bool_or(c.relrowsecurity and (r.rolsuper or r.rolbypassrls
                    or (not c.relforcerowsecurity and pg_catalog.pg_has_role(r.oid, c.relowner, 'USAGE')))) as is_passed
            from reached join pg_catalog.pg_class c on c.oid = reached.relation and c.relkind in ('r', 'p', 'm', 'f')
            join pg_catalog.pg_roles r on r.oid = reached.reader
            group by reached.root)
        select readable.schema_name, readable.relation_name, judged.is_missing, judged.is_passed, coalesce(parents.schemas, '{}'), coalesce(parents.names, '{}')
        from readable join judged on judged.root = readable.oid
        cross join lateral (
            select array_agg(pn.nspname::text) as schemas, array_agg(pc.relname::text) as names
            from pg_catalog.pg_partition_ancestors(readable.oid) as ancestor (oid)
            join pg_catalog.pg_class pc on pc.oid = ancestor.oid join pg_catalog.pg_namespace pn on pn.oid = pc.relnamespace) as parents
        where judged.is_missing or judged.is_passed
        order by readable.schema_name collate "C", readable.relation_name collate "C"
        """;

    public static async Task<IReadOnlyList<TargetDatabaseWarning>> RunAsync(NpgsqlConnection connection, Reach reach, CancellationToken cancellationToken)
    {
        var command = new NpgsqlBatchCommand(Sql) { Parameters = { new() { Value = reach.Schemas.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text } } };
        var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
        await using (batch.ConfigureAwait(false))
        {
            var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var rows = await reader.ListAsync(row => Unprotected.Read(row, reach), cancellationToken).ConfigureAwait(false);
                return [.. Warnings([.. rows.OfType<Unprotected>()])];
            }
        }
    }

    private static IEnumerable<TargetDatabaseWarning> Warnings(IReadOnlyList<Unprotected> found)
    {
        var (missing, passed) = (found.Where(relation => relation.IsMissing).ToArray(), found.Where(relation => relation.IsPassed).ToArray());
        if (missing.Length > 0)
            yield return new(
                "row_security_missing",
                $"The guard has session settings, and {Names(missing)} can be read whole: they, or tables behind them, have no row-level security. "
                + "Enable it and make policies, or revoke SELECT; materialized views and foreign tables can have none.");
        if (passed.Length > 0)
            yield return new(
                "row_security_passed",
                $"The guard has session settings, and row-level security does not hold where {Names(passed)} are read: by a superuser, a role with BYPASSRLS, or the owner. "
                + "Log in as another role, FORCE ROW LEVEL SECURITY on the tables, and make views with security_invoker.");
    }

    private static string Names(IReadOnlyList<Unprotected> relations)
    {
        var more = relations.Count > MostNames ? $" and {relations.Count - MostNames} more" : "";
        return $"{string.Join(", ", relations.Take(MostNames).Select(relation => $"'{relation.Name}'"))}{more}";
    }

    private sealed record Unprotected(string Name, bool IsMissing, bool IsPassed)
    {
        /// <summary>Null when the guard does not let it be read. A partition may be read where its table may.</summary>
        public static Unprotected? Read(NpgsqlDataReader row, Reach reach)
        {
            var (schema, name) = (row.GetString(0), row.GetString(1));
            var parents = row.GetFieldValue<string[]>(4).Zip(row.GetFieldValue<string[]>(5));
            return reach.AllowsTable(schema, name) || parents.Any(parent => reach.AllowsTable(parent.First, parent.Second))
                ? new($"{schema}.{name}", row.GetBoolean(2), row.GetBoolean(3))
                : null;
        }
    }
}
