using Sluice.Bench.Loop;

namespace Sluice.Bench.Waiting;

/// <summary>The floor: hand-written loops that await a promise each. What they were about is gone with the process.</summary>
internal sealed class WaitingByHand(int count) : IWaitingRuns
{
    private readonly TaskCompletionSource[] _decisions = new TaskCompletionSource[count];
    private readonly Countdown _waiting = new(count);
    private readonly Countdown _finished = new(count);

    public async Task StartAsync()
    {
        var loop = new HandWrittenLoop(new ScriptedModel(1), (_, _) => { }, _ => WaitAsync());
        for (var run = 0; run < count; run++) _ = RunAsync(loop);
        await _waiting.Done;
    }

    public async Task DecideAsync()
    {
        foreach (var decision in _decisions) decision.SetResult();
        await _finished.Done;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task RunAsync(HandWrittenLoop loop)
    {
        await loop.RunAsync("How many boots are there?");
        _finished.Arrive();
    }

    private Task WaitAsync()
    {
        var decision = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _decisions[_waiting.Arrive()] = decision;
        return decision.Task;
    }
}
