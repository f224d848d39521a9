using System.Globalization;
using System.Text;
using System.Text.Json;
using Sluice.Data;
using SQLitePCL;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>Binds the parameters of a query to its statement. All problems are one error.</summary>
internal static class QueryParameters
{
    /// <summary>Binds every parameter.</summary>
    /// <exception cref="QueryException">Parameters are missing, unknown, or of a type that SQLite has not.</exception>
    public static void Bind(sqlite3_stmt statement, IReadOnlyDictionary<string, object?> parameters)
    {
        var problems = new List<string>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 1; i <= raw.sqlite3_bind_parameter_count(statement); i++)
        {
            var name = raw.sqlite3_bind_parameter_name(statement, i).utf8_to_string();
            if (name is not ['@', .. var bare]) problems.Add($"{name ?? "?"} is not written as @name");
            else if (!parameters.TryGetValue(bare, out var value)) problems.Add($"@{bare} has no value");
            else if (!TryBind(statement, i, value)) problems.Add($"@{bare} has a value of the type {value!.GetType().Name}, which SQLite has not, or that is too long");
            else used.Add(bare);
        }
        problems.AddRange(parameters.Keys.Where(name => !used.Contains(name) && !problems.Exists(problem => problem.StartsWith($"@{name} ", StringComparison.Ordinal))).Select(name => $"@{name} does not occur in the statement"));
        if (problems.Count > 0) throw new QueryException(ErrorCodes.QueryFailed, "parameters", $"The parameters do not fit the statement: {string.Join("; ", problems)}.");
    }

    private static bool TryBind(sqlite3_stmt statement, int index, object? value) => raw.SQLITE_OK == value switch
    {
        null => raw.sqlite3_bind_null(statement, index),
        bool flag => raw.sqlite3_bind_int(statement, index, flag ? 1 : 0),
        sbyte or byte or short or ushort or int or uint or long => raw.sqlite3_bind_int64(statement, index, Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        float or double or decimal => raw.sqlite3_bind_double(statement, index, Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, index, 0),
        byte[] bytes => raw.sqlite3_bind_blob(statement, index, bytes),
        JsonElement json => BindJson(statement, index, json),
        _ when TextOf(value) is { } text => BindText(statement, index, text),
        _ => raw.SQLITE_MISMATCH,
    };

    private static int BindJson(sqlite3_stmt statement, int index, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => raw.sqlite3_bind_null(statement, index),
        JsonValueKind.True or JsonValueKind.False => raw.sqlite3_bind_int(statement, index, json.GetBoolean() ? 1 : 0),
        JsonValueKind.Number when json.TryGetInt64(out var number) => raw.sqlite3_bind_int64(statement, index, number),
        JsonValueKind.Number => raw.sqlite3_bind_double(statement, index, json.GetDouble()),
        JsonValueKind.String => BindText(statement, index, json.GetString()!),
        _ => BindText(statement, index, json.GetRawText()),
    };

    /// <summary>As SQLite's own functions write dates and times, so that they compare.</summary>
    public static string? TextOf(object value) => value switch
    {
        string text => text,
        char character => character.ToString(),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        Guid id => id.ToString(),
        _ => null,
    };

    /// <summary>The binding makes a null of an empty span.</summary>
    private static int BindText(sqlite3_stmt statement, int index, string text) =>
        text.Length == 0 ? raw.sqlite3_bind_text(statement, index, "") : raw.sqlite3_bind_text(statement, index, Encoding.UTF8.GetBytes(text));
}
