namespace Sluice.Journal;

/// <summary>What stands for folded turns: a text, and what must not get lost with them, which the runtime takes from its records.</summary>
public sealed record HistorySummary
{
    /// <summary>What happened, in prose.</summary>
    public required string Text { get; init; }

    /// <summary>Whether the text was put together from the messages because the model gave none. Default: false.</summary>
    public bool IsExtract { get; init; }

    /// <summary>How many messages at the end of the history stay as they are. The frame's prompt always stays.</summary>
    public required int MessagesKept { get; init; }

    /// <summary>The plans that were mentioned and are not executed.</summary>
    public IReadOnlyList<SummarizedPlan> Plans { get; init; } = [];

    /// <summary>Every reference that was mentioned, in order.</summary>
    public IReadOnlyList<SummarizedReference> References { get; init; } = [];
}
