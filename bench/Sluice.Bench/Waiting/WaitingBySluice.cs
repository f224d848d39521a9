using Sluice.Bench.Loop;

namespace Sluice.Bench.Waiting;

/// <summary>Runs at an approval gate, in storage and, unless they are suspended, in memory.</summary>
internal sealed class WaitingBySluice : IWaitingRuns
{
    private readonly int _count;
    private readonly string[] _requests;
    private readonly Countdown _waiting;
    private readonly Countdown _suspended;
    private readonly Countdown _finished;
    private readonly bool _suspends;
    private readonly SluiceRuntime _runtime;

    public WaitingBySluice(int count, bool suspends)
    {
        (_count, _suspends, _requests) = (count, suspends, new string[count]);
        (_waiting, _suspended, _finished) = (new(count), new(count), new(count));
        _runtime = StockAgent.Create(new ScriptedModel(1), StockTool.Spec(ToolEffect.SideEffect, Approval.Always), options =>
        {
            options.EventHooks.Add(Observe);
            if (suspends) options.Limits = options.Limits with { SuspendAfter = TimeSpan.Zero };
        });
    }

    public async Task StartAsync()
    {
        for (var run = 0; run < _count; run++) await _runtime.StartAsync(new() { Prompt = "How many boots are there?" });
        await _waiting.Done;
        if (_suspends) await _suspended.Done;
    }

    public async Task DecideAsync()
    {
        await Parallel.ForEachAsync(
            _requests,
            async (request, token) => await _runtime.RespondToApprovalAsync(
                request, ApprovalOutcome.Approve, decidedBy: "bench", cancellationToken: token));
        await _finished.Done;
    }

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();

    private void Observe(RuntimeEvent runtimeEvent)
    {
        switch (runtimeEvent)
        {
            case ApprovalRequiredEvent required:
                _requests[_waiting.Arrive()] = required.Id;
                break;
            case FinishEvent { FinishReason: FinishReason.Suspended }:
                _suspended.Arrive();
                break;
            case FinishEvent { FinishReason: FinishReason.Stop }:
                _finished.Arrive();
                break;
            case ErrorEvent failed:
                throw new InvalidOperationException(failed.Error.Message);
        }
    }
}
