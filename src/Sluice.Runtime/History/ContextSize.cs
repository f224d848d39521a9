using Microsoft.Extensions.AI;

namespace Sluice.Runtime.History;

/// <summary>
/// How many tokens a frame's messages are: what the provider counted with the last call, and for what came since, its bytes at that call's
/// rate. Owned by the frame's flow of control.
/// </summary>
internal sealed class ContextSize
{
    private long _bytes = 1;
    private long _sum;
    private int _summed;

    /// <summary>The last count; 0 when there was none.</summary>
    public long Tokens { get; private set; }

    /// <summary>How many messages, from the first on, it counts.</summary>
    public int Measured { get; private set; }

    /// <summary>Whether any call has been counted.</summary>
    public bool IsKnown => Tokens > 0;

    /// <summary>Takes a count.</summary>
    /// <param name="tokens">The tokens; 0 or less: there is no count.</param>
    /// <param name="messages">All messages.</param>
    /// <param name="measured">How many of them, from the first on, were counted.</param>
    /// <param name="toolBytes">The bytes of the tools' declarations, which are counted too.</param>
    public void Measure(long tokens, IReadOnlyList<ChatMessage> messages, int measured, long toolBytes)
    {
        if (tokens <= 0) return;
        // Each message is looked at once: long runs take many counts.
        if (measured < _summed) Restart();
        _sum += MessageBytes.Of(messages, _summed, measured);
        _summed = measured;
        (Tokens, Measured, _bytes) = (tokens, measured, Math.Max(1, toolBytes + _sum));
    }

    /// <summary>Has the next count look at all messages again, because earlier ones were replaced.</summary>
    public void Restart() => (_sum, _summed) = (0, 0);

    /// <summary>The tokens of all messages; 0 when no call has been counted.</summary>
    public long Estimate(IReadOnlyList<ChatMessage> messages) =>
        IsKnown ? Tokens + ToTokens(MessageBytes.Of(messages, Measured, messages.Count)) : 0;

    /// <summary>So many bytes at the rate of the last count, rounded up.</summary>
    public long ToTokens(long bytes) => (long)(((Int128)bytes * Tokens + _bytes - 1) / _bytes);

    /// <summary>The bytes of so many tokens at the rate of the last count.</summary>
    public long ToBytes(long tokens) => IsKnown ? (long)((Int128)tokens * _bytes / Tokens) : 0;
}
