using System.Runtime.CompilerServices;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Changes;

/// <summary>
/// Compares, once a second, what is open in a workspace and its newest runs with what was there before: a bounded look into the store, whichever
/// process changed it.
/// </summary>
internal sealed class ChangeReader(OpenWorkspace workspace, TimeProvider time)
{
    private const int Newest = 50;
    private const int MostOpen = 200;
    private const string Removed = "removed";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly AgentRuntime _runtime = workspace.Runtime;

    /// <summary>The changes from now on.</summary>
    /// <param name="begun">Told once it is known how everything stands.</param>
    /// <param name="cancellationToken">Ends them.</param>
    public async IAsyncEnumerable<Change> ReadAsync(Action begun, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = await LookAsync(cancellationToken).ConfigureAwait(false);
        begun();
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            var now = await LookAsync(cancellationToken).ConfigureAwait(false);
            foreach (var (key, state) in known)
                if (!now.ContainsKey(key) && IsOpen(state)) now[key] = await FindAsync(key, cancellationToken).ConfigureAwait(false);
            foreach (var (key, state) in now)
                if (known.GetValueOrDefault(key) != state) yield return new(key.Kind, key.Id, state);
            known = now;
        }
    }

    private async ValueTask<Dictionary<(ChangeKind Kind, string Id), string>> LookAsync(CancellationToken cancellationToken)
    {
        var found = new Dictionary<(ChangeKind, string), string>();
        foreach (var filter in (RunFilter[])[new() { Limit = Newest }, new() { State = RunState.Waiting, Limit = MostOpen }, new() { State = RunState.Running, Limit = MostOpen }])
        {
            foreach (var run in await _runtime.ListRunsAsync(filter, cancellationToken).ConfigureAwait(false)) found[(ChangeKind.Run, run.RunId)] = NameOf(run.State);
        }

        foreach (var request in await _runtime.ListApprovalsAsync(ApprovalFilter.Pending with { Limit = MostOpen }, cancellationToken).ConfigureAwait(false))
            found[(ChangeKind.Approval, request.Id)] = NameOf(request.Status);
        foreach (var job in workspace.Jobs.List()) found[(ChangeKind.Job, job.Id)] = NameOf(job.State);
        return found;
    }

    /// <summary>Where something stands that is no longer among what is open.</summary>
    private async ValueTask<string> FindAsync((ChangeKind Kind, string Id) key, CancellationToken cancellationToken) => key.Kind switch
    {
        ChangeKind.Run => await _runtime.GetRunAsync(key.Id, cancellationToken).ConfigureAwait(false) is { } run ? NameOf(run.State) : Removed,
        ChangeKind.Approval => await _runtime.GetApprovalAsync(key.Id, cancellationToken).ConfigureAwait(false) is { } request ? NameOf(request.Status) : Removed,
        _ => Removed,
    };

    private static bool IsOpen(string state) => state is "running" or "waiting" or "pending" or "interrupted";

    private static string NameOf<T>(T state)
        where T : struct, Enum => state.ToString().ToLowerInvariant();
}
