namespace Sluice.Runtime.History;

/// <summary>What an agent remembers on a thread: its frames, in the order in which they ended. Owned by the run's flow of control.</summary>
internal sealed class AgentHistory
{
    private readonly List<HistorySegment> _segments = [];

    /// <summary>The segments as they are now.</summary>
    public IReadOnlyList<HistorySegment> Segments => [.. _segments];

    /// <summary>Adds a frame that has ended.</summary>
    /// <param name="segment">Its messages.</param>
    /// <param name="folded">The segments that are part of them, because the frame folded what it remembered.</param>
    public void Add(HistorySegment segment, IReadOnlyList<HistorySegment> folded)
    {
        _segments.RemoveAll(folded.Contains);
        _segments.Add(segment);
    }
}
