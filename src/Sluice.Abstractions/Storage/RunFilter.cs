using System.Text.Json.Serialization;
using Sluice.Json;

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

    /// <summary>Only runs that are samples of this eval.</summary>
    public string? EvalRunId { get; init; }

    /// <summary>Only runs that are samples of this test case.</summary>
    public string? TestCaseId { get; init; }

    /// <summary>Only runs that nobody who is alive at this time drives: see <see cref="Storage.ILeaseStore"/>.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public DateTimeOffset? UnownedAt { get; init; }

    /// <summary>Only runs that somebody asked to cancel and that have not ended. Default: false, no such condition.</summary>
    public bool IsCancelRequested { get; init; }

    /// <summary>Only runs whose last entry was written at this time or before.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public DateTimeOffset? UpdatedBy { get; init; }

    /// <summary>Only runs that come after this place of the list: the last one of the page before.</summary>
    public RunCursor? After { get; init; }

    /// <summary>The most runs to return, 1 to 1000. Default: 100.</summary>
    public int Limit { get; init; } = 100;
}
