namespace Sluice.Postgres.TargetDatabase.Gates;

/// <summary>Which of the engine's own functions may be called: those that compute. Volatile ones and those that show the server are not.</summary>
internal static class EngineFunctions
{
    /// <summary>They change with every call and change nothing.</summary>
    private static readonly HashSet<string> HarmlessVolatile =
    [
        "random", "random_normal", "gen_random_uuid", "uuidv4", "uuidv7", "clock_timestamp", "timeofday", "array_shuffle", "array_sample",
    ];

    /// <summary>The names that begin with <c>pg_</c> are of the server's state; these few are of values.</summary>
    private static readonly HashSet<string> OfValues =
    [
        "pg_typeof", "pg_column_size", "pg_size_pretty", "pg_size_bytes", "pg_input_is_valid", "pg_collation_for", "pg_timezone_names",
        "pg_timezone_abbrevs", "pg_lsn", "pg_wal_lsn_diff", "pg_client_encoding",
    ];

    /// <summary>Not volatile, and still they show what no table of the guard holds, or use up what outlives the call.</summary>
    private static readonly HashSet<string> Denied =
    [
        "current_setting", "inet_client_addr", "inet_client_port", "inet_server_addr", "inet_server_port", "col_description", "obj_description",
        "shobj_description", "aclexplode", "row_security_active", "ts_rewrite", "ts_stat", "currtid2", "to_regrole", "getpgusername",
    ];

    private static readonly string[] DeniedBeginnings = ["pg_", "lo_", "txid_", "has_", "binary_upgrade_", "query_to_", "cursor_to_", "table_to_", "schema_to_", "database_to_"];

    public static bool IsDenied(string name) =>
        Denied.Contains(name) || (!OfValues.Contains(name) && Array.Exists(DeniedBeginnings, beginning => name.StartsWith(beginning, StringComparison.Ordinal)));

    public static bool IsHarmlessVolatile(string name) => HarmlessVolatile.Contains(name);
}
