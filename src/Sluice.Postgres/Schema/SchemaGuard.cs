using Npgsql;
using Sluice.Postgres.Connections;

namespace Sluice.Postgres.Schema;

/// <summary>Makes, checks and migrates the schema. Processes that do so at the same time take turns.</summary>
internal sealed class SchemaGuard(NpgsqlConnectionStringBuilder settings, string schema, SchemaScripts scripts)
{
    /// <summary>Makes the schema when the database has none, and refuses one of another version.</summary>
    public void Check()
    {
        using var connection = Connect();
        var found = Run(() => ReadVersion(connection));
        if (found == 0) found = Upgrade(connection, onlyWhenEmpty: true).To;
        RequireCurrent(found);
    }

    /// <summary>Refuses a schema that is not there or is of another version.</summary>
    public void Require()
    {
        using var connection = Connect();
        var found = Run(() => ReadVersion(connection));
        if (found == 0)
            throw new SluiceException(
                ErrorCodes.StoreSchema,
                $"{Place} is not there, and may not be made. Open it once with ensureSchema as a role that may create schemas; let that role run "
                + $"'grant usage on schema {schema} to {settings.Username}' and 'grant select, insert, update, delete on all tables in schema {schema} to {settings.Username}'.");
        RequireCurrent(found);
    }

    /// <summary>Brings the schema to this build's version.</summary>
    public (int From, int To) Migrate()
    {
        using var connection = Connect();
        var versions = Upgrade(connection, onlyWhenEmpty: false);
        if (versions.To > scripts.Version)
            throw new SluiceException(ErrorCodes.StoreSchema, $"{Place} has schema version {versions.To}; this build knows {scripts.Version}. Use a newer build.");
        return versions;
    }

    /// <summary>Whether the database has the schema, of whatever version.</summary>
    public bool IsThere()
    {
        using var connection = Connect();
        return Run(() => ReadVersion(connection)) > 0;
    }

    /// <summary>Finds the tables that the role may not read and write. Nothing is made or changed.</summary>
    /// <exception cref="SluiceException">The schema is not there or is of another version, or the server cannot be reached.</exception>
    public IReadOnlyList<string> FindForbiddenTables()
    {
        using var connection = Connect();
        return Run(() =>
        {
            RequireCurrent(ReadVersion(connection));
            using var command = new NpgsqlCommand(
                """
                select tables.relname from pg_class tables join pg_namespace schemas on schemas.oid = tables.relnamespace
                where schemas.nspname = $1 and tables.relname <> $2 and tables.relkind in ('r', 'p') and not
                  (select bool_and(has_table_privilege(tables.oid, privilege)) from unnest(array['select', 'insert', 'update', 'delete']) privilege)
                order by 1
                """, connection);
            foreach (var name in (string[])[schema, scripts.VersionTable]) command.Parameters.Add(new() { Value = name });
            using var reader = command.ExecuteReader();
            var found = new List<string>();
            while (reader.Read()) found.Add(reader.GetString(0));
            return found;
        });
    }

    private void RequireCurrent(int found)
    {
        if (found < scripts.Version)
            throw new SluiceException(ErrorCodes.StoreSchema, $"{Place} has schema version {found}; this build reads {scripts.Version}. Bring it there with PostgresStorage.Migrate. The command 'sluice store migrate' does that.");
        if (found > scripts.Version)
            throw new SluiceException(ErrorCodes.StoreSchema, $"{Place} has schema version {found}; this build reads {scripts.Version}. Use a newer build.");
    }

    private string Place => $"Schema '{schema}' of {ConnectionText.Describe(settings)}";

    private NpgsqlConnection Connect() => Run(() =>
    {
        // One connection that is closed for good: the check leaves nothing in a pool.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    });

    private (int From, int To) Upgrade(NpgsqlConnection connection, bool onlyWhenEmpty) => Run(() =>
    {
        using var transaction = connection.BeginTransaction();
        // Held to the end of the transaction: whoever comes second finds the work done.
        Execute(connection, "select pg_advisory_xact_lock(hashtextextended($1, 0))", $"sluice schema {schema}");
        var from = ReadVersion(connection);
        if (from >= scripts.Version || (onlyWhenEmpty && from > 0)) return (from, from);
        // Asked first, since a role that may not create schemas may still own this one.
        if (!Exists(connection, "select exists (select from pg_namespace where nspname = $1)", schema)) Execute(connection, $"create schema \"{schema}\"");
        Execute(connection, $"set local search_path to \"{schema}\"");
        Execute(connection, $"create table if not exists {scripts.VersionTable} (version integer not null primary key, applied_at timestamptz not null default now())");
        foreach (var (version, sql) in scripts.After(from))
        {
            Execute(connection, sql);
            Execute(connection, $"insert into {scripts.VersionTable} (version) values ($1)", version);
        }

        transaction.Commit();
        return (from, scripts.Version);
    });

    private int ReadVersion(NpgsqlConnection connection)
    {
        if (!Exists(connection, "select exists (select from pg_tables where schemaname = $1 and tablename = $2)", schema, scripts.VersionTable)) return 0;
        using var command = new NpgsqlCommand($"select coalesce(max(version), 0) from \"{schema}\".{scripts.VersionTable}", connection);
        return (int)command.ExecuteScalar()!;
    }

    private static bool Exists(NpgsqlConnection connection, string sql, params IReadOnlyList<string> names)
    {
        using var command = new NpgsqlCommand(sql, connection);
        foreach (var name in names) command.Parameters.Add(new() { Value = name });
        return (bool)command.ExecuteScalar()!;
    }

    private static void Execute(NpgsqlConnection connection, string sql, params IReadOnlyList<object> values)
    {
        using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        command.ExecuteNonQuery();
    }

    private T Run<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception e) when (Failures.IsOfStore(e))
        {
            throw Failures.ToSluice(e, ConnectionText.Describe(settings));
        }
    }
}
