using System.CommandLine;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Run;

/// <summary>The options that say what becomes of approval requests while a run is followed.</summary>
internal sealed class ApproveOptions
{
    private readonly Option<ApproveMode> _mode = new("--approve")
    {
        Description = "What becomes of approval requests: ask (the default) prompts on a terminal and otherwise waits for 'sluice approvals respond'; always approves, never rejects.",
        HelpName = "ask|always|never",
    };

    private readonly DeciderOption _decider = new();

    public ApproveOptions() => _mode.AcceptOnlyFromAmong(StringComparer.Ordinal, "ask", "always", "never");

    public IEnumerable<Option> All => [_mode, _decider];

    public ApproveMode Mode(Invocation invocation) => invocation.Get(_mode);

    public string Decider(Invocation invocation) => _decider.Read(invocation);

    public Approver Create(Invocation invocation, AgentRuntime runtime, RunOutput output, RunHints hints) =>
        new(runtime, output, Mode(invocation), Decider(invocation), hints);
}
