using System.Text.Json;

namespace Sluice;

/// <summary>A tool call that is expected. A plain string stands for a tool whose arguments do not matter.</summary>
public sealed record ExpectedCall
{
    /// <summary>The tool's name.</summary>
    public required string Name { get; init; }

    /// <summary>The arguments that are expected, an object; null: they do not matter.</summary>
    public JsonElement? Arguments { get; init; }

    /// <summary>How the arguments are compared. Default: exactly, where <see cref="Arguments"/> are given.</summary>
    public ArgumentMatch ArgumentMatch { get; init; } = ArgumentMatch.Exact;

    /// <summary>For <see cref="ArgumentMatch.Paths"/>: the members that have to be equal, such as <c>filter.region</c>. Absent on both sides is equal.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>
    /// Whether its order among the neighbours that are marked too does not matter, in modes that look at the order. <see
    /// cref="TrajectoryMode.Strict"/> wants them asked for in one turn, where turns are known. Default: false.
    /// </summary>
    public bool Parallel { get; init; }

    /// <summary>A plain string stands for a tool whose arguments do not matter.</summary>
    public static implicit operator ExpectedCall(string name) => FromString(name);

    /// <summary>A call of a tool, with whatever arguments.</summary>
    public static ExpectedCall FromString(string name) => new() { Name = name };
}
