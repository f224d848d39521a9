using System.Text.Json;

namespace Sluice;

/// <summary>Configuration of a built-in toolkit for all agents that select it.</summary>
public sealed record ToolkitSpec
{
    /// <summary>The toolkit's id: <c>agents</c>, <c>plans</c>, <c>references</c> or <c>catalog</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Names of the toolkit's tools to keep; null: all.</summary>
    public IReadOnlyList<string>? Tools { get; init; }

    /// <summary>Settings of the toolkit, an object; null: its defaults.</summary>
    public JsonElement? Config { get; init; }
}
