namespace Sluice;

/// <summary>When history is compacted, and how much of it stays.</summary>
/// <remarks>
/// <para>
/// Sizes are those that the provider reported with its last answer; what was added since counts by its bytes at the rate of that call.
/// Before a call has reported its usage nothing is compacted.
/// </para>
/// <para>
/// A call that fails with <c>context_too_long</c> is made once more, with all results as references and all turns but the last one
/// summarised, whatever is known of the model.
/// </para>
/// </remarks>
public sealed record CompactionOptions
{
    /// <summary>Whether history is compacted. Default: true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>
    /// How full the model's window may be, from above 0 to 1, before history is compacted. The window is what the context has beside the
    /// longest answer. Default: 0.8.
    /// </summary>
    public double Threshold { get; init; } = 0.8;

    /// <summary>How many of the last turns stay as they are, at least 1. Default: 4.</summary>
    public int TurnsKept { get; init; } = 4;

    /// <summary>The most tokens of a summary, at least 64; in a small window an eighth of it. Default: 4 000.</summary>
    public int MaxSummaryTokens { get; init; } = 4_000;

    /// <summary>
    /// The context, in tokens, of models of which <see cref="RuntimeOptions.Models"/> does not know it, at least 1; null: their history is
    /// compacted only when a call fails for its length. Default: null.
    /// </summary>
    public int? ContextTokens { get; init; }
}
