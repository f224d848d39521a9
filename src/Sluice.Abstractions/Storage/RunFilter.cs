namespace Sluice;

/// <summary>Which runs to list. Conditions that are not set let everything pass.</summary>
public sealed record RunFilter
{
    /// <summary>Every run.</summary>
    public static RunFilter All { get; } = new();

    /// <summary>Only runs that stand here.</summary>
    public RunState? State { get; init; }

    /// <summary>Only runs of this thread.</summary>
    public string? ThreadId { get; init; }

    /// <summary>The most runs to return, 1 to 1000. Default: 100.</summary>
    public int Limit { get; init; } = 100;
}
