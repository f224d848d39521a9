using Npgsql;

namespace Sluice.Postgres.Tests.TargetDatabase;

/// <summary>What a hostile statement could have changed, as one text each for the server and for a pooled session.</summary>
internal static class ServerState
{
    /// <summary>What the hostile statements that write files aim at.</summary>
    public const string EvilFile = "/tmp/sluice-evil";

    private const string ServerSql = """
        select concat_ws(E'\n',
            (select md5(string_agg(t.x, ',' order by t.x)) from (
                select 'c' || t::text from customers t union all select 'p' || t::text from products t union all select 'o' || t::text from orders t
                union all select 'i' || t::text from order_items t union all select 'e' || t::text from events t union all select 'm' || t::text from monthly t
                union all select 's' || t::text from private.secrets t union all select 'd' || t::text from private.cards t
                union all select concat('n', last_value, is_called) from numbers union all select 'w' || t::text from employees t union all select 'f' || t::text from moods t) as t (x)),
            (select md5(string_agg(c::text, ',' order by c.oid)) from (select oid, relname, relnamespace, relkind, relacl, relowner, relfilenode from pg_class where relnamespace <> 99) c),
            (select md5(string_agg(concat(oid, proname, proacl), ',' order by oid)) from pg_proc),
            (select md5(string_agg(t::text, ',' order by t::text)) from pg_description t),
            (select count(*) || ' large objects' from pg_largeobject_metadata),
            (select count(*) || ' slots' from pg_replication_slots),
            (select count(*) || ' advisory locks' from pg_locks where locktype = 'advisory'),
            (select count(*) || ' relation locks of others' from pg_locks where locktype = 'relation' and pid <> pg_backend_pid() and database = (select oid from pg_database where datname = current_database())),
            (select count(*) || ' prepared' from pg_prepared_xacts),
            (select md5(string_agg(concat(name, setting, source), ',' order by name)) from pg_settings),
            (select md5(string_agg(concat(sourcefile, name, setting), ',' order by seqno)) from pg_file_settings),
            (select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) from pg_db_role_setting t),
            (select md5(string_agg(t::text, ',' order by t::text)) from pg_authid t),
            (select md5(string_agg(datname::text, ',' order by datname)) from pg_database),
            (select string_agg(extname, ',' order by extname) from pg_extension),
            (select md5(string_agg(f, ',' order by f)) from pg_ls_dir('.') f where f <> 'postmaster.opts'),
            (select stats_reset::text from pg_stat_database where datname = current_database()),
            (select string_agg(state, ',') from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend' and state <> 'idle'),
            pg_conf_load_time(), pg_walfile_name(pg_current_wal_insert_lsn()))
        """;

    private const string SessionSql = """
        select concat_ws(E'\n', current_user, session_user, pg_my_temp_schema(),
            (select md5(string_agg(concat(name, setting), ',' order by name)) from pg_settings),
            (select count(*) from pg_prepared_statements), (select count(*) from pg_listening_channels()),
            (select count(*) from pg_locks where pid = pg_backend_pid() and locktype = 'advisory'))
        """;

    public static async Task<string> OfServerAsync(NpgsqlConnection superuser)
    {
        await using var command = new NpgsqlCommand(ServerSql, superuser);
        return $"{await command.ExecuteScalarAsync()}\n{File.Exists(EvilFile)}";
    }

    /// <summary>The lines that differ, with their numbers.</summary>
    public static string Difference(string before, string now)
    {
        var (was, @is) = (before.Split('\n'), now.Split('\n'));
        return was.Length != @is.Length
            ? $"{before}\n->\n{now}"
            : string.Join("; ", was.Zip(@is).Index().Where(line => line.Item.First != line.Item.Second).Select(line => $"line {line.Index}: {line.Item.First} -> {line.Item.Second}"));
    }

    public static async Task<string> OfSessionAsync(NpgsqlDataSource pool)
    {
        await using var connection = await pool.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(SessionSql, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
