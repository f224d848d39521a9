using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>A plan's schema and labels. The body has a top-level <c>actions</c> array.</summary>
public record PlanSpec
{
    /// <summary>The plan's name, unique in its runtime. Non-blank.</summary>
    public required string Name { get; init; }

    /// <summary>The JSON Schema (draft 2020-12) of the body, with an <c>actions</c> array.</summary>
    public required JsonElement Schema { get; init; }

    /// <summary>Labels for people, by status (<c>draft</c>, <c>pending_approval</c>, <c>approved</c>, <c>executing</c>, <c>executed</c>, <c>failed</c>). Default: none.</summary>
    public IReadOnlyDictionary<string, string> DisplayAliases { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether finished actions are undone, in reverse order, when a later one fails. Default: false.</summary>
    public bool CompensateOnFailure { get; init; }

    /// <summary>How bodies become C# values; null for a plan that is defined by its schema alone.</summary>
    [JsonIgnore]
    public PlanBinding? Binding { get; init; }

    /// <summary>A plan whose schema and binding are read off a C# type.</summary>
    /// <typeparam name="TBody">The body: a record with a list <c>Actions</c>. Several action types form a union over <c>kind</c>.</typeparam>
    /// <param name="name">The plan's name.</param>
    /// <param name="unions">Unions of types that carry no attributes of System.Text.Json.</param>
    /// <exception cref="ArgumentException">The action types can't be told apart by <c>kind</c>.</exception>
    /// <exception cref="NotSupportedException">A type has no JSON form.</exception>
    public static PlanSpec<TBody> FromType<TBody>(string name, IReadOnlyList<TaggedUnion>? unions = null)
    {
        var (schema, binding) = PlanTypes.Derive(typeof(TBody), unions ?? []);
        return new() { Name = name, Schema = schema, Binding = binding };
    }
}
