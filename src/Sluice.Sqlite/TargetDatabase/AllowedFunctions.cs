using Sluice.Data;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>The functions that statements may call: those of the engine that only compute, and what a guard adds.</summary>
internal sealed class AllowedFunctions
{
    private const string Own = """
        -> ->> abs acos acosh asin asinh atan atan2 atanh avg bm25 ceil ceiling char coalesce concat concat_ws cos cosh count cume_dist
        current_date current_time current_timestamp date datetime degrees dense_rank exp first_value floor format glob group_concat hex
        highlight if ifnull iif instr json json_array json_array_insert json_array_length json_error_position json_extract json_group_array
        json_group_object json_insert json_object json_pretty json_quote json_remove json_replace json_set json_type json_valid jsonb
        jsonb_array jsonb_array_insert jsonb_extract jsonb_group_array jsonb_group_object jsonb_insert jsonb_object jsonb_remove
        jsonb_replace jsonb_set julianday lag last_value lead length like likelihood likely ln log log10 log2 lower ltrim match matchinfo max
        median min mod nth_value ntile nullif octet_length offsets percent_rank percentile percentile_cont percentile_disc pi pow power
        printf quote radians random randomblob rank regexp replace round row_number rtrim sign sin sinh snippet sqlite_version sqrt strftime
        string_agg substr substring subtype sum tan tanh time timediff total trim trunc typeof unhex unicode unistr unixepoch unlikely upper
        zeroblob
        """;

    /// <summary>What no guard can open: they run code, touch files, or write.</summary>
    private const string Never = "edit eval fts3_tokenizer fts5 load_extension optimize readfile sqlite_log writefile";

    private static readonly HashSet<string> NeverSet = Set(Never);

    private readonly HashSet<string> _names = Set(Own);

    public AllowedFunctions(QueryGuard guard) => _names.UnionWith(guard.Functions.Where(name => !NeverSet.Contains(name)));

    public IReadOnlyCollection<string> Names => _names;

    public bool Contains(string name) => _names.Contains(name);

    private static HashSet<string> Set(string names) => new(names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
}
