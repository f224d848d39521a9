namespace Sluice;

/// <summary>Which plans to list. Conditions that are not set let everything pass.</summary>
public sealed record PlanFilter
{
    /// <summary>Every plan.</summary>
    public static PlanFilter All { get; } = new();

    /// <summary>Only plans that stand here.</summary>
    public PlanStatus? Status { get; init; }

    /// <summary>Only plans that this run stored first.</summary>
    public string? RunId { get; init; }

    /// <summary>Only plans of this thread.</summary>
    public string? ThreadId { get; init; }

    /// <summary>Only plans that come after this place of the list: the last one of the page before.</summary>
    public PlanCursor? After { get; init; }

    /// <summary>The most plans to return, 1 to 1000. Default: 100.</summary>
    public int Limit { get; init; } = 100;
}
