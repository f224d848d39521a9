using Sluice.Cli.CommandLine;
using Sluice.Cli.Data;
using Sluice.Cli.Output;
using Sluice.Cli.Run;

namespace Sluice.Cli.Spec;

/// <summary><c>sluice spec show</c>: the tools that agents have in effect, and which of them ask first.</summary>
internal sealed class SpecShowCommand : SluiceCommand
{
    private readonly DataSourceOptions _data = new();
    private readonly AgentOptions _agents;

    public SpecShowCommand(Shell shell)
        : base(
            shell, "show", "Shows the tools that agents have in effect, built-in ones included, and the rule that says whether each asks first. MCP servers that a spec names are started and asked for theirs.",
            "sluice spec show --app MyAgents.csproj",
            "sluice spec show --spec runtime.json --database chinook.db --output json")
    {
        _agents = new(_data) { FixedInterpreter = Interpreter.Noop };
        foreach (var option in _agents.All.Concat(_data.All)) Options.Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var agents = await _agents.OpenAsync(invocation, agent: null, MemoryStorage.Create, cancellationToken);
        Write(invocation, agents.Runtime);
        return ExitCode.Done;
    }

    private static void Write(Invocation invocation, AgentRuntime runtime) => RecordOutput.WriteList(
        invocation, [.. runtime.Spec.Agents.SelectMany(agent => runtime.ListTools(agent.Name).Select(tool => ShownTool.Of(runtime, agent, tool)))],
        ["agent", "tool", "effect", "asks", "by rule"],
        tool => [tool.Agent, tool.Tool, tool.Effect, tool.Approval, tool.Rule]);
}
