using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Data;
using Sluice.Cli.Store;

namespace Sluice.Cli.Run;

/// <summary>Runs agents to the end of a run, or until somebody stops it: then it waits in its store.</summary>
internal sealed class RunFlow(DataSourceOptions data)
{
    private readonly AgentOptions _agents = new(data);
    private readonly StoreOptions _store = new();
    private readonly ApproveOptions _approve = new();
    private RunFollower? _follower;

    public IEnumerable<Option> All => [.. _agents.All, .. _store.All, .. _approve.All];

    /// <summary>How an interrupted run goes on; null before there is one.</summary>
    public string? AfterInterruption => _follower?.AfterInterruption;

    public Task<ExitCode> RunAsync(Invocation invocation, RunRequest request, CancellationToken cancellationToken) =>
        OpenAsync(invocation, request.Agent, runId: null, runtime => runtime.RunAsync(request, CancellationToken.None), cancellationToken);

    public Task<ExitCode> ResumeAsync(Invocation invocation, string runId, CancellationToken cancellationToken) =>
        OpenAsync(invocation, agent: null, runId, runtime => runtime.ResumeAsync(runId, CancellationToken.None), cancellationToken);

    private async Task<ExitCode> OpenAsync(
        Invocation invocation, string? agent, string? runId, Func<AgentRuntime, IAsyncEnumerable<RuntimeEvent>> begin, CancellationToken cancellationToken)
    {
        var address = _store.Read(invocation);
        if (runId is not null) address.RequireStore();
        await using var agents = await _agents.OpenAsync(invocation, agent, address.OpenOrCreate, cancellationToken);
        var hints = new RunHints(agents, address);
        var output = new RunOutput(invocation);
        _follower = new(agents.Runtime, output, _approve.Create(invocation, agents.Runtime, output, hints).AskingAtTerminal(), hints);
        if (runId is not null) await _follower.TakeUpAsync(runId, cancellationToken);
        var last = await _follower.FollowAsync(begin(agents.Runtime), cancellationToken);
        output.Complete();
        return _follower.End(last, cancellationToken);
    }
}
