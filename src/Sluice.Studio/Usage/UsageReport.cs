namespace Sluice.Studio.Usage;

/// <summary>What the runs of some days used.</summary>
internal sealed record UsageReport
{
    /// <summary>The first day, UTC.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The runs that were at work in those days. Of those that began before the first day the last 1,000 are looked at.</summary>
    public required int Runs { get; init; }

    /// <summary>Whether these are all runs of those days: only the newest are counted where there are very many.</summary>
    public required bool IsComplete { get; init; }

    public required UsageRow Total { get; init; }

    public required IReadOnlyList<UsageRow> Agents { get; init; }

    public required IReadOnlyList<UsageRow> Models { get; init; }

    /// <summary>By day, UTC, first to last; days without calls are left out.</summary>
    public required IReadOnlyList<UsageRow> Days { get; init; }
}
