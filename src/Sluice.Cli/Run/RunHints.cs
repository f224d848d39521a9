using Sluice.Cli.CommandLine;
using Sluice.Cli.Store;

namespace Sluice.Cli.Run;

/// <summary>The command lines that deal with a run from outside.</summary>
internal sealed class RunHints(OpenAgents agents, StoreAddress store)
{
    private string Tenant => agents.Runtime.Spec.Tenant.ResourceId;

    /// <summary>Goes on with a run.</summary>
    public string Resume(string runId) => CommandText.Of(["run", "--resume", runId, .. agents.Arguments, .. store.Arguments]);

    /// <summary>Goes on with a conversation.</summary>
    public string Chat(string threadId) => CommandText.Of(["chat", "--thread", threadId, .. agents.Arguments, .. store.Arguments]);

    /// <summary>Answers a request; the answer itself is for whoever reads it to add.</summary>
    public string Respond(string requestId) => CommandText.Of(["approvals", "respond", requestId, .. Place]);

    public string AfterInterruption(string runId) =>
        $"the run waits in {store.Name}: '{Resume(runId)}' goes on, '{CommandText.Of(["runs", "cancel", runId, .. Place])}' ends it";

    private IEnumerable<string> Place => Tenant == GlobalOptions.DefaultTenant ? store.Arguments : [.. store.Arguments, "--tenant-id", Tenant];
}
