using Sluice.Data.Knowledge.Extracting;

namespace Sluice.Data.Knowledge;

/// <summary>Counts what happens in a run, which is driven by one caller at a time.</summary>
internal sealed class IngestionTally
{
    private readonly List<MissingTarget> _missing = [];
    private int _new;
    private int _changed;
    private int _unchanged;
    private int _skipped;
    private int _errors;
    private int _removed;
    private int _statements;
    private int _dropped;

    /// <summary>Counts an event.</summary>
    /// <returns>The same event.</returns>
    public IngestionEvent Count(IngestionEvent happened)
    {
        _ = happened switch
        {
            DocumentIngestedEvent { Change: DocumentChange.New } => _new++,
            DocumentIngestedEvent => _changed++,
            DocumentUnchangedEvent => _unchanged++,
            DocumentSkippedEvent => _skipped++,
            DocumentFailedEvent => _errors++,
            DocumentRemovedEvent => _removed++,
            _ => 0,
        };
        return happened;
    }

    public void Count(Extraction extraction) => (_statements, _dropped) = (_statements + extraction.Statements.Count, _dropped + extraction.Dropped);

    public void AddMissing(MissingTarget target) => _missing.Add(target);

    public IngestionCompletedEvent Complete(TokenUsage usage) => new()
    {
        Scanned = _new + _changed + _unchanged + _skipped + _errors,
        New = _new,
        Changed = _changed,
        Unchanged = _unchanged,
        Skipped = _skipped,
        Errors = _errors,
        Removed = _removed,
        Statements = _statements,
        DroppedStatements = _dropped,
        Usage = usage,
        MissingTargets = _missing,
    };
}
