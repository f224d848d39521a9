using Sluice.Bench.Loop;
using Sluice.Bench.Waiting;
using Sluice.Journal;
using Sluice.Storage;

namespace Sluice.Bench.Gates;

/// <summary>A runtime whose runs stop at a gate and leave memory at once.</summary>
internal sealed class GatedRuntime : IAsyncDisposable
{
    private const int AtOnce = 64;

    private readonly SluiceRuntime _runtime;
    private Countdown _suspended = new(int.MaxValue);
    private Countdown _finished = new(int.MaxValue);

    public GatedRuntime(IRuntimeStorage storage) => _runtime = StockAgent.Create(
        new ScriptedModel(1), StockTool.Spec(ToolEffect.SideEffect, Approval.Always),
        options =>
        {
            options.Storage = storage;
            options.EventHooks.Add(Observe);
            options.Limits = options.Limits with { SuspendAfter = TimeSpan.Zero };
        });

    /// <summary>Starts runs; completes when all of them wait in the store.</summary>
    public async Task ParkAsync(int count)
    {
        _suspended = new(count);
        await Parallel.ForAsync(
            0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (_, token) => await _runtime.StartAsync(new() { Prompt = "How many boots are there?" }, token));
        await _suspended.Done;
    }

    /// <summary>The first page of the inbox.</summary>
    public Task<IReadOnlyList<ApprovalRequest>> InboxAsync(int limit) => _runtime.ListApprovalsAsync(ApprovalFilter.Pending with { Limit = limit });

    /// <summary>Approves what is in the inbox, page by page, until it is empty; completes when all runs have finished.</summary>
    public async Task DecideAllAsync(int count)
    {
        _finished = new(count);
        while (await InboxAsync(1000) is { Count: > 0 } page)
        {
            await Parallel.ForEachAsync(
                page, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (request, _) => await ApproveAsync(request));
        }

        await _finished.Done;
    }

    /// <summary>Approves one request; completes when its run has finished.</summary>
    public async Task DecideAsync(ApprovalRequest request)
    {
        _finished = new(1);
        await ApproveAsync(request);
        await _finished.Done;
    }

    public IAsyncEnumerable<JournalEntry> JournalAsync(string runId) => _runtime.JournalAsync(runId);

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();

    private Task<ApprovalRequest> ApproveAsync(ApprovalRequest request) =>
        _runtime.RespondToApprovalAsync(request.Id, ApprovalOutcome.Approve, decidedBy: "bench");

    private void Observe(RuntimeEvent runtimeEvent)
    {
        switch (runtimeEvent)
        {
            case FinishEvent { FinishReason: FinishReason.Suspended }:
                _suspended.Arrive();
                break;
            case FinishEvent { FinishReason: FinishReason.Stop }:
                _finished.Arrive();
                break;
            case ErrorEvent failed:
                var failure = new InvalidOperationException(failed.Error.Message);
                _suspended.Fail(failure);
                _finished.Fail(failure);
                break;
        }
    }
}
