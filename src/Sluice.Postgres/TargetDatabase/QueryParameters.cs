using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Sluice.Data;
using Sluice.Postgres.TargetDatabase.Lexing;

namespace Sluice.Postgres.TargetDatabase;

/// <summary>Binds the values of a query to the parameters of its statement.</summary>
internal static class QueryParameters
{
    /// <summary>The parameters in the order of their numbers.</summary>
    /// <exception cref="QueryException">A parameter has no value, or one that cannot be bound.</exception>
    public static IReadOnlyList<NpgsqlParameter> Bind(SqlStatement statement, IReadOnlyDictionary<string, object?> values)
    {
        var missing = statement.Parameters.Where(name => !values.ContainsKey(name)).ToArray();
        if (missing.Length > 0)
            throw new QueryException(
                ErrorCodes.QueryRefused, "parameter_missing",
                $"There is no value for {string.Join(", ", missing.Select(name => $"'@{name}'"))}. Give one for each parameter; the operator '@' needs a space behind it.")
            {
                ObjectName = missing[0],
            };
        return [.. statement.Parameters.Select(name => Create(name, values[name]))];
    }

    private static NpgsqlParameter Create(string name, object? value) => value switch
    {
        null => new() { Value = DBNull.Value },
        JsonElement json => Create(name, json),
        // Without a type of its own the server takes it for what it is compared with, as it does with a literal.
        string text => Text(text),
        bool or short or int or long or float or double or decimal or Guid or DateOnly or TimeOnly or byte[] or long[] or decimal[] => new() { Value = value },
        DateTimeOffset instant => new() { Value = instant.ToUniversalTime() },
        DateTime instant => new()
        {
            Value = DateTime.SpecifyKind(instant, DateTimeKind.Unspecified),
            NpgsqlDbType = NpgsqlDbType.Timestamp,
        },
        IEnumerable<string> texts => Texts([.. texts]),
        IEnumerable<long> numbers => new() { Value = numbers.ToArray() },
        IEnumerable<int> numbers => new() { Value = numbers.Select(number => (long)number).ToArray() },
        _ => throw Refused(name, value.GetType().Name),
    };

    private static NpgsqlParameter Create(string name, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => Create(name, (object?)null),
        JsonValueKind.True or JsonValueKind.False => new() { Value = json.GetBoolean() },
        JsonValueKind.String => Text(json.GetString()!),
        JsonValueKind.Number => new() { Value = Number(json) },
        JsonValueKind.Array when json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            Texts([.. json.EnumerateArray().Select(item => item.GetString()!)]),
        JsonValueKind.Array when json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out _)) =>
            new() { Value = json.EnumerateArray().Select(item => item.GetInt64()).ToArray() },
        JsonValueKind.Array when json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && item.TryGetDecimal(out _)) =>
            new() { Value = json.EnumerateArray().Select(item => item.GetDecimal()).ToArray() },
        _ => throw Refused(name, json.ValueKind.ToString()),
    };

    private static object Number(JsonElement json)
    {
        if (json.TryGetInt64(out var whole)) return whole;
        return json.TryGetDecimal(out var exact) ? exact : json.GetDouble();
    }

    private static NpgsqlParameter Text(string text)
    {
        QueryText.Check(text, "A parameter's value");
        return new() { Value = text, NpgsqlDbType = NpgsqlDbType.Unknown };
    }

    private static NpgsqlParameter Texts(string[] texts)
    {
        foreach (var text in texts) QueryText.Check(text, "A parameter's value");
        return new() { Value = texts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
    }

    private static QueryException Refused(string name, string type) => new(
        ErrorCodes.QueryRefused, "parameter_type",
        $"The value of '@{name}' is of the kind '{type}', which cannot be bound. Give a text, a number, a truth value, a date, or a list of texts or numbers.")
    {
        ObjectName = name,
    };
}
