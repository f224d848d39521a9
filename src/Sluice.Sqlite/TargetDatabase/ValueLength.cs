namespace Sluice.Sqlite.TargetDatabase;

/// <summary>
/// How long the values may be that a statement meets, by what its program does with them: stored values may be long, and only what makes
/// values longer, or compares them in more than one pass, has to be kept short.
/// </summary>
internal sealed class ValueLength
{
    /// <summary>The least: what a statement may make that also matches patterns.</summary>
    public const int Least = 1024 * 1024;

    /// <summary>The most that a query's own limit can raise that to: a row may hold many values of this size.</summary>
    public const int MostAsked = 16 * 1024 * 1024;

    /// <summary>Where values are made, or patterns matched. The longest pattern takes three seconds for the worst text of this size.</summary>
    private const int Computed = 8 * 1024 * 1024;

    /// <summary>Where values are only read, compared and shortened.</summary>
    private const int Stored = 128 * 1024 * 1024;

    /// <summary>Functions whose result is no longer than an argument, in one pass over it.</summary>
    private static readonly HashSet<string> Reading = new(
        """
        abs avg coalesce count cume_dist date datetime dense_rank first_value if ifnull iif julianday lag last_value lead length likelihood
        likely lower ltrim max median min mod nth_value ntile nullif octet_length percent_rank rank round row_number rtrim sign substr substring
        sum time total trim trunc typeof unicode unixepoch unlikely upper
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Matching = new(StringComparer.OrdinalIgnoreCase) { "glob", "like", "regexp" };

    private bool _makes;
    private bool _matches;

    /// <summary>Takes note of one instruction of the program.</summary>
    /// <param name="opcode">Its name.</param>
    /// <param name="function">What it calls, such as <c>like(2)</c>; empty when it calls none.</param>
    public void Note(string opcode, string function)
    {
        // A table function such as json_each takes its argument apart, and a search counts words.
        if (opcode is "Concat" or "VOpen") _makes = true;
        if (opcode is not ("Function" or "PureFunc" or "AggStep")) return;
        var name = function.Split('(')[0];
        if (Matching.Contains(name)) _matches = true;
        else if (!Reading.Contains(name)) _makes = true;
    }

    /// <summary>The longest value, in bytes.</summary>
    /// <param name="asked">The longest that the caller of the query wants to see.</param>
    public int Bytes(int asked)
    {
        var least = Math.Clamp(asked, Least, MostAsked);
        if (_makes && _matches) return least;
        return _makes || _matches ? Math.Max(Computed, least) : Stored;
    }
}
