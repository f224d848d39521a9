namespace Sluice.Tests.Snippets;

public static class AuditGuide
{
    public static async Task VerifyAsync(AgentRuntime runtime, string runId, TextWriter console)
    {
        // snippet: audit-verify
        var report = await runtime.VerifyAsync(runId);
        foreach (var problem in report.Problems) console.WriteLine($"entry {problem.Sequence}: {problem.Message}");

        await foreach (var each in runtime.VerifyAllAsync())
            if (!each.IsIntact) console.WriteLine($"{each.RunId} is not what was recorded.");
        // end
    }

    public static async Task TellAsync(AgentRuntime runtime, string runId, TextWriter console)
    {
        // snippet: audit-account
        var account = await runtime.AuditAsync(runId);
        console.Write(account.ToText());
        // end
    }

    public static async Task<RunHandle> ForkAsync(AgentRuntime runtime, string runId)
    {
        // snippet: audit-fork
        var fork = await runtime.ForkAsync(runId, atEntry: 12, new() { Effects = ForkEffects.FromRecord });
        await fork.Completion;
        // end
        return fork;
    }

    public static async Task<PruneResult> PruneAsync(AgentRuntime runtime)
    {
        // snippet: audit-prune
        var removed = await runtime.PruneAsync(new() { OlderThan = TimeSpan.FromDays(90) });
        // end
        return removed;
    }
}
