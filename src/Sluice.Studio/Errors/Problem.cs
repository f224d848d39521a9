using System.Text.Json;

namespace Sluice.Studio.Errors;

/// <summary>What every answer that is an error says, as RFC 9457 has it.</summary>
internal sealed record Problem
{
    /// <summary>No page describes the kind of error; <see cref="Code"/> tells it.</summary>
    public string Type { get; init; } = "about:blank";

    public required string Title { get; init; }

    public required int Status { get; init; }

    /// <summary>What was wrong, where, and what to do.</summary>
    public required string Detail { get; init; }

    /// <summary>The stable code.</summary>
    public required string Code { get; init; }

    /// <summary>Whether the same request may succeed when it is sent again unchanged.</summary>
    public required bool Retryable { get; init; }

    /// <summary>Of a change that was refused: what is there now; null: nothing, or it was no change.</summary>
    public JsonElement? Current { get; init; }

    /// <summary>All that is wrong with a spec, a plan or a form, by place; null: only the detail.</summary>
    public IReadOnlyList<SpecError>? Errors { get; init; }
}
