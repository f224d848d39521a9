using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice;

/// <summary>Which approval requests to list. Conditions that are not set let everything pass.</summary>
public sealed record ApprovalFilter
{
    /// <summary>What waits for a decision.</summary>
    public static ApprovalFilter Pending { get; } = new() { Status = ApprovalStatus.Pending };

    /// <summary>Every request.</summary>
    public static ApprovalFilter All { get; } = new();

    /// <summary>Only requests that stand here.</summary>
    public ApprovalStatus? Status { get; init; }

    /// <summary>What was closed and its run has not taken up yet.</summary>
    public static ApprovalFilter Unapplied { get; } = new() { IsUnapplied = true, Limit = 1000 };

    /// <summary>Only requests that are no longer pending and that their run has not taken up yet. Default: false, no such condition.</summary>
    public bool IsUnapplied { get; init; }

    /// <summary>Only requests that are no longer pending. Default: false, no such condition.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Only requests of this run.</summary>
    public string? RunId { get; init; }

    /// <summary>Only requests of this thread.</summary>
    public string? ThreadId { get; init; }

    /// <summary>Only requests that expire at this time or before.</summary>
    [JsonConverter(typeof(TimestampConverter))]
    public DateTimeOffset? ExpiresBy { get; init; }

    /// <summary>Whether the newest request comes first, and of one instant the last id. Default: false, the oldest first.</summary>
    public bool IsNewestFirst { get; init; }

    /// <summary>Only requests that come after this place of the list, in its order: the last one of the page before.</summary>
    public ApprovalCursor? After { get; init; }

    /// <summary>The most requests to return, 1 to 1000. Default: 100.</summary>
    public int Limit { get; init; } = 100;
}
