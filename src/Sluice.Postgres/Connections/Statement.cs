using NpgsqlTypes;

namespace Sluice.Postgres.Connections;

/// <summary>One statement of a tenant. <c>$1</c> is the tenant; the values follow as <c>$2</c>, <c>$3</c>, ….</summary>
internal readonly record struct Statement(string Sql, params IReadOnlyList<object?> Values)
{
    /// <summary>The driver cannot guess the type of an array that may be empty or hold nulls.</summary>
    public static NpgsqlDbType? TypeOf(object? value) => value switch
    {
        IReadOnlyCollection<string?> => NpgsqlDbType.Array | NpgsqlDbType.Text,
        string => NpgsqlDbType.Text,
        _ => null,
    };
}
