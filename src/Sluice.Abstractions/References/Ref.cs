using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>A handle to a stored value of type <typeparamref name="T"/>, for typed plans and tool arguments. On the wire <c>{"kind", "id"}</c>.</summary>
/// <typeparam name="T">The type of the stored value.</typeparam>
public sealed record Ref<T>
{
    /// <summary>The reference kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The content-addressed id: <c>ref-</c> and 32 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>The untyped handle.</summary>
    [JsonIgnore]
    public ReferenceHandle Handle => new() { Kind = Kind, Id = Id };

    /// <summary>The untyped handle.</summary>
    public static implicit operator ReferenceHandle(Ref<T> reference) => reference.Handle;
}
