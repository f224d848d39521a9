using Sluice.Bench.Durable;
using Sluice.Bench.Loop;
using Sluice.Bench.Waiting;
using Sluice.Storage;

namespace Sluice.Bench.Resuming;

/// <summary>Runs that have come a long way, wait at the gate of their last call, are approved, and are in nobody's memory.</summary>
internal static class StoppedRuns
{
    public static TenantSpec Tenant { get; } = Define.Tenant("bench", "v1");

    /// <summary>Makes them.</summary>
    /// <returns>Their ids.</returns>
    public static async Task<IReadOnlyList<string>> CreateAsync(IRuntimeStorage storage, int turns, int count)
    {
        var suspended = new Countdown(count);
        await using var runtime = Create(storage, turns, options =>
        {
            options.Recovery = RunRecovery.None;
            options.Limits = options.Limits with { SuspendAfter = TimeSpan.Zero };
            options.EventHooks.Add(runtimeEvent =>
            {
                if (runtimeEvent is FinishEvent { FinishReason: FinishReason.Suspended }) suspended.Arrive();
                if (runtimeEvent is ErrorEvent failed) suspended.Fail(new InvalidOperationException(failed.Error.Message));
            });
        });
        var runs = new List<string>();
        for (var run = 0; run < count; run++) runs.Add((await runtime.StartAsync(new() { Prompt = "How many boots are there?" })).RunId);
        await suspended.Done;
        foreach (var request in await runtime.ListApprovalsAsync(ApprovalFilter.Pending with { Limit = 1000 }))
            await runtime.RespondToApprovalAsync(request.Id, ApprovalOutcome.Approve, decidedBy: "bench");
        return runs;
    }

    /// <summary>A runtime that takes up nothing by itself.</summary>
    public static SluiceRuntime Create(IRuntimeStorage storage, int turns, Action<RuntimeOptions>? configure = null)
    {
        var last = $"call-{turns - 1}";
        var policy = Approval.When<StockQuery>((_, context) => context.ToolUseId == last);
        return StockAgent.Create(new ScriptedModel(turns, thought: Job.Long.Thought), StockTool.Spec(ToolEffect.ReadOnly, policy), options =>
        {
            options.Storage = storage;
            options.Recovery = RunRecovery.None;
            configure?.Invoke(options);
        });
    }

    /// <summary>Reads a run's entries and their JSON, and nothing else.</summary>
    public static async Task ReadAsync(IRuntimeStorage storage, string runId)
    {
        var count = 0;
        await foreach (var entry in storage.Journal.ReadAsync(Tenant, runId, 0, CancellationToken.None))
        {
            entry.ReadData();
            count++;
        }

        if (count == 0) throw new InvalidOperationException($"Run '{runId}' has no entries.");
    }
}
