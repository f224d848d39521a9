using System.Diagnostics.CodeAnalysis;
using Sluice.Studio.Threads;

namespace Sluice.Studio.Runs;

/// <summary>A run as lists have it.</summary>
internal sealed record RunSummary : RunRecord
{
    [SetsRequiredMembers]
    public RunSummary(RunRecord run, string? prompt)
        : base(run) => Prompt = prompt is null ? null : ThreadEndpoints.Shorten(prompt);

    /// <summary>What it was asked, at most 200 characters of it; null: nothing is recorded of it.</summary>
    public string? Prompt { get; }
}
