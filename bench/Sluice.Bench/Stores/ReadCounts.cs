namespace Sluice.Bench.Stores;

/// <summary>How many rows were read, those of one run apart from those of others. Thread-safe.</summary>
/// <param name="runId">The one run; null: every run is the one.</param>
internal sealed class ReadCounts(string? runId = null)
{
    private int _entries;
    private int _entriesOfOthers;
    private int _approvals;
    private int _approvalsOfOthers;

    public int Entries => _entries;

    public int EntriesOfOthers => _entriesOfOthers;

    public int Approvals => _approvals;

    public int ApprovalsOfOthers => _approvalsOfOthers;

    public void OnEntry(string ofRun) => Interlocked.Increment(ref IsOther(ofRun) ? ref _entriesOfOthers : ref _entries);

    public void OnApproval(string ofRun) => Interlocked.Increment(ref IsOther(ofRun) ? ref _approvalsOfOthers : ref _approvals);

    private bool IsOther(string ofRun) => runId is not null && ofRun != runId;
}
