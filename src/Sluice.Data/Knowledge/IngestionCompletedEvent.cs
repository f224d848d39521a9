namespace Sluice.Data.Knowledge;

/// <summary>
/// The end of a run that wrote everything it could read. A run whose writes fail throws instead and has no such event; one with
/// <see cref="Errors"/> left files out.
/// </summary>
public sealed record IngestionCompletedEvent : IngestionEvent
{
    /// <summary>Files and folders that were looked at: the sum of the next five.</summary>
    public required int Scanned { get; init; }

    /// <summary>Documents that were not there before.</summary>
    public required int New { get; init; }

    /// <summary>Documents that are another than before.</summary>
    public required int Changed { get; init; }

    /// <summary>Documents that are as they were.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Files and folders that were passed over.</summary>
    public required int Skipped { get; init; }

    /// <summary>Files and folders that failed.</summary>
    public required int Errors { get; init; }

    /// <summary>Documents whose files are gone, deleted or not.</summary>
    public required int Removed { get; init; }

    /// <summary>Statements that were extracted in this run.</summary>
    public int Statements { get; init; }

    /// <summary>Statements that were not taken because what they quote does not stand in the document, or because they were there already.</summary>
    public int DroppedStatements { get; init; }

    /// <summary>What the extractor used, failed calls included.</summary>
    public TokenUsage Usage { get; init; } = TokenUsage.Zero;

    /// <summary>Names that documents are said to apply to, by the options or by a document's front matter, and that nothing has.</summary>
    public required IReadOnlyList<MissingTarget> MissingTargets { get; init; }
}
