using Npgsql;
using Sluice.Data;

namespace Sluice.Postgres.TargetDatabase.Describing;

/// <summary>Says what the role may do besides reading.</summary>
internal static class RoleCheck
{
    private const string Sql = """
        select r.rolsuper, r.rolbypassrls, r.rolcreaterole or r.rolcreatedb or r.rolreplication,
            exists (select 1 from pg_catalog.pg_class c where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and pg_catalog.pg_has_role(c.relowner, 'USAGE')),
            (select count(*) from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p', 'v', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                    and (pg_catalog.has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE') or pg_catalog.has_any_column_privilege(c.oid, 'INSERT, UPDATE'))),
            exists (select 1 from pg_catalog.pg_namespace n where n.nspname !~ '^pg_' and pg_catalog.has_schema_privilege(n.oid, 'CREATE')),
            (select pg_catalog.string_agg(m.rolname::text, ', ' order by m.rolname) from pg_catalog.pg_roles m
                where m.rolname in ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program', 'pg_write_all_data',
                    'pg_signal_backend', 'pg_checkpoint', 'pg_maintain', 'pg_create_subscription') and pg_catalog.pg_has_role(m.oid, 'MEMBER'))
        from pg_catalog.pg_roles r where r.rolname = current_user
        """;

    public static async Task<IReadOnlyList<TargetDatabaseWarning>> RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection) { BatchCommands = { new(Sql) } };
        await using (batch.ConfigureAwait(false))
        {
            var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                return [.. Warnings(reader)];
            }
        }
    }

    private static IEnumerable<TargetDatabaseWarning> Warnings(NpgsqlDataReader row)
    {
        if (row.GetBoolean(0))
        {
            // It has every other right too; one line says so.
            yield return new("superuser", "The role is a superuser, whom no privilege stops. Log in as a role that may only SELECT.");
            yield break;
        }

        if (row.GetBoolean(1)) yield return new("bypass_row_security", "The role passes row-level security (BYPASSRLS). Take the attribute away.");
        if (row.GetBoolean(2)) yield return new("role_attributes", "The role may create roles or databases, or replicate. Take the attributes away.");
        if (row.GetBoolean(3)) yield return new("owns_relations", "The role owns tables or views, and so may change them. Log in as another role that may only SELECT.");
        if (row.GetInt64(4) > 0) yield return new("may_write", $"The role may write to {row.GetInt64(4)} tables or views. Revoke INSERT, UPDATE, DELETE and TRUNCATE.");
        if (row.GetBoolean(5)) yield return new("may_create", "The role may create objects in a schema. Revoke CREATE on it, also from PUBLIC.");
        if (!row.IsDBNull(6)) yield return new("server_role", $"The role is a member of {row.GetString(6)}. Revoke the membership.");
    }
}
