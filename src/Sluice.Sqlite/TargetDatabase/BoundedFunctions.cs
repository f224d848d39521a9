using System.Text.RegularExpressions;
using SQLitePCL;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>
/// Functions that can work for seconds in one call, which nothing can end: their arguments are checked, then the engine's own function runs.
/// And <c>regexp</c>, which the engine has an operator for and no function.
/// </summary>
internal sealed class BoundedFunctions(EngineFunctions engine)
{
    /// <summary>Deterministic, and harmless enough for views: SQLITE_INNOCUOUS, which the binding does not name.</summary>
    private const int Flags = raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC | 0x200000;

    /// <summary>The length of one argument times that of the other: a tenth of a second at worst.</summary>
    private const long MostWork = 100_000_000;

    private const int MostWidth = 1000;
    private const int MostPattern = 1000;

    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(1);

    private (string Pattern, Regex Regex)? _lastPattern;

    public void Register(sqlite3 handle)
    {
        foreach (var (name, arguments) in new[] { ("instr", 2), ("replace", 3), ("trim", 2), ("ltrim", 2), ("rtrim", 2), ("unhex", 2) })
            Register(handle, name, arguments, values => (long)raw.sqlite3_value_bytes(values[0]) * raw.sqlite3_value_bytes(values[1]) <= MostWork ? null : $"the arguments of {name}() are too long; shorten them with substr()");
        foreach (var name in new[] { "printf", "format" })
            Register(handle, name, -1, values => values.Length == 0 ? null : PrintfProblem(raw.sqlite3_value_text(values[0]).utf8_to_string() ?? ""));
        _ = raw.sqlite3_create_function(handle, "regexp", 2, Flags, null, Regexp);
    }

    /// <summary>A width can be written or taken from an argument; precision repeats characters and digits.</summary>
    private static string? PrintfProblem(string format)
    {
        for (var i = format.IndexOf('%'); i >= 0 && i < format.Length; i = format.IndexOf('%', i))
        {
            var width = 0;
            for (i++; i < format.Length && "-+ #!,.l0123456789*".Contains(format[i]); i++)
            {
                if (format[i] == '*') return "a width or precision in printf() must be a number, not *";
                width = char.IsAsciiDigit(format[i]) ? Math.Min((width * 10) + format[i] - '0', MostWidth + 1) : 0;
                if (width > MostWidth) return "a width or precision in printf() is at most 1000";
            }
            i++;
            if (i > format.Length) break;
        }
        return null;
    }

    private void Register(sqlite3 handle, string name, int arguments, Func<sqlite3_value[], string?> check) =>
        _ = raw.sqlite3_create_function(handle, name, arguments, Flags, null, (context, _, values) =>
        {
            if (check(values) is { } problem) raw.sqlite3_result_error(context, problem);
            else engine.Call(name, context, values);
        });

    private void Regexp(sqlite3_context context, object data, sqlite3_value[] values)
    {
        if (raw.sqlite3_value_type(values[0]) == raw.SQLITE_NULL || raw.sqlite3_value_type(values[1]) == raw.SQLITE_NULL)
        {
            raw.sqlite3_result_null(context);
            return;
        }
        try
        {
            var regex = RegexOf(raw.sqlite3_value_text(values[0]).utf8_to_string());
            raw.sqlite3_result_int(context, regex.IsMatch(raw.sqlite3_value_text(values[1]).utf8_to_string()) ? 1 : 0);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            // An exception may not pass through the engine.
            raw.sqlite3_result_error(context, "the regular expression is wrong, too long, or uses look-around or back-references");
        }
    }

    private Regex RegexOf(string pattern)
    {
        if (_lastPattern is { } last && last.Pattern == pattern) return last.Regex;
        if (pattern.Length > MostPattern) throw new ArgumentException("Too long.", nameof(pattern));
        // Without backtracking the time is linear in the text.
        var regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, LongestMatch);
        _lastPattern = (pattern, regex);
        return regex;
    }
}
