using System.Text.Json;

namespace Sluice;

/// <summary>Names a store in a JSON spec. <c>RuntimeOptions.Storage</c> wins over it.</summary>
public sealed record StorageFactorySpec
{
    /// <summary>The kind of store: <c>memory</c>, <c>sqlite</c>, <c>postgres</c>, or for key-value also <c>redis</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Settings of the store, an object; null: its defaults.</summary>
    public JsonElement? Config { get; init; }
}
