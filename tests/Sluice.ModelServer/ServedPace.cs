namespace Sluice.ModelServer;

/// <summary>At what pace a body is sent, and whether its end comes.</summary>
public sealed record ServedPace
{
    /// <summary>The most bytes of one write; null: all in one.</summary>
    public int? PieceBytes { get; init; }

    /// <summary>The pause between two writes. Default: none.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The connection is cut after so many bytes of the body; 0: before the answer's head. Null: it is not.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Nothing more comes after so many bytes, until the client leaves. Null: all comes.</summary>
    public int? StallAfter { get; init; }
}
