using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>A kind of stored value: its schema, how long it lives, and how it is summarised.</summary>
public record ReferenceSpec
{
    /// <summary>The kind under which the runtime stores large tool results, unless a tool names another. Reserved.</summary>
    public const string ToolResult = "ToolResult";

    /// <summary>The reference's kind, unique in its runtime. Non-blank.</summary>
    public required string Name { get; init; }

    /// <summary>The JSON Schema (draft 2020-12) of the full value.</summary>
    public required JsonElement Schema { get; init; }

    /// <summary>How long a value lives after it was last created; null: for ever. Positive. Milliseconds on the wire (<c>ttlMs</c>).</summary>
    public TimeSpan? Ttl { get; init; }

    /// <summary>The C# type of the value; null for a kind that is defined by its schema alone.</summary>
    [JsonIgnore]
    public Type? ValueType { get; init; }

    /// <summary>A pure function from a value to its glimpse; null: the default glimpse (type, count, first keys).</summary>
    [JsonIgnore]
    public Func<object, object?>? Glimpse { get; init; }

    /// <summary>A kind of stored value whose schema is derived from a C# type.</summary>
    /// <typeparam name="T">The type of the full value.</typeparam>
    /// <param name="name">The kind's name.</param>
    /// <param name="glimpse">A pure function from a value to its glimpse; null: the default glimpse.</param>
    /// <exception cref="NotSupportedException">The type has no JSON form.</exception>
    public static ReferenceSpec<T> FromType<T>(string name, Func<T, object?>? glimpse = null) => new()
    {
        Name = name,
        Schema = JsonSchemaDerivation.Derive<T>(),
        ValueType = typeof(T),
        Glimpse = glimpse is null ? null : value => glimpse((T)value),
    };
}
