using System.Globalization;
using Sluice.Cli.Output;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.Cli.Chat;

/// <summary>What can be said to the conversation itself, not to its agents.</summary>
internal sealed class SlashCommands
{
    private const int HelpIndent = 2;

    private readonly Conversation _conversation;
    private readonly AgentRuntime _runtime;
    private readonly ChatScreen _screen;
    private readonly SlashCommand[] _all;

    public SlashCommands(Conversation conversation, AgentRuntime runtime, ChatScreen screen)
    {
        (_conversation, _runtime, _screen) = (conversation, runtime, screen);
        _all =
        [
            new("help", "", "what can be said here", Act(ShowHelp)),
            new("agents", "", "the agents; * marks the one that is asked", Act(ShowAgents)),
            new("agent", "NAME", "ask this agent from now on", (name, _) => Do(() => ChooseAgent(name))),
            new("show", "N", "all of tool call N; of the last one without N", (number, _) => Do(() => Show(number))),
            new("runs", "", "the runs of this conversation, newest first", (_, token) => ShowRunsAsync(token)),
            new("approvals", "", "what waits for a decision", (_, token) => ShowApprovalsAsync(token)),
            new("resume", "RUN", "go on with what waits in this conversation, or with RUN", (run, token) => conversation.ResumeAsync(run.Length > 0 ? run : null, token)),
            new("cost", "", "tokens and dollars of this conversation", (_, token) => new ConversationCost(runtime, screen).ShowAsync(conversation.ThreadId, token)),
            new("new", "", "begin another conversation", Act(BeginAnother)),
            new("quit", "", "end; Ctrl+D does the same", Act(conversation.End)),
        ];
    }

    /// <summary>Does what a line says, which stands here without its slash.</summary>
    public async Task RunAsync(string line, CancellationToken cancellationToken)
    {
        var (name, argument) = line.Split((char[]?)null, 2, StringSplitOptions.TrimEntries) is [var first, var rest] ? (first, rest) : (line, "");
        if (Array.Find(_all, command => command.Name == name) is not { } command)
        {
            var meant = NearestName.Find(name, _all.Select(known => known.Name));
            _screen.Paragraph($"There is no command /{name}.{(meant is null ? "" : $" Do you mean /{meant}?")} /help lists them; // says a line to the agent that begins with /.", 0, _screen.Ink.Warning);
            return;
        }

        if (command.Argument.Length == 0 && argument.Length > 0) _screen.Line($"/{name} takes nothing behind it.", _screen.Ink.Warning);
        else await command.Run(argument, cancellationToken);
    }

    private static Func<string, CancellationToken, Task> Act(Action act) => (_, _) => Do(act);

    private static Task Do(Action act)
    {
        act();
        return Task.CompletedTask;
    }

    private void ShowHelp()
    {
        foreach (var command in _all) _screen.WriteLine($"  {_screen.Ink.Strong($"/{command.Name} {command.Argument}".PadRight(14))} {command.Does}");
        _screen.WriteLine("");
        _screen.Paragraph("A line that ends with \\ goes on. Up and down go through earlier lines; one that begins with a space is not kept.", HelpIndent);
        _screen.Paragraph("Ctrl+C cancels the run that is under way; at a question it leaves the run waiting.", HelpIndent);
    }

    private void ShowAgents()
    {
        var agents = _runtime.Spec.Agents;
        var asked = _conversation.Agent ?? agents.FirstOrDefault(agent => agent.Role == AgentRole.Coordinator)?.Name ?? (agents is [var only] ? only.Name : null);
        var table = new TextTable("", "agent", "role", "model", "tools");
        foreach (var agent in agents)
            table.Add(agent.Name == asked ? "*" : "", agent.Name, agent.Role.ToString().ToLowerInvariant(), agent.Model.Id, _runtime.ListTools(agent.Name).Count);
        _screen.Table(table);
    }

    private void ChooseAgent(string name)
    {
        if (_runtime.Spec.Agents.Any(agent => agent.Name == name))
        {
            _conversation.Agent = name;
            _screen.Line($"{name} is asked from now on.");
            return;
        }

        _screen.Line(name.Length == 0 ? "Which agent? /agents lists them." : $"There is no agent '{name}'. /agents lists them.", _screen.Ink.Warning);
    }

    private void Show(string number)
    {
        var call = number.Length == 0 ? _conversation.Calls.Find(_conversation.Calls.Count)
            : int.TryParse(number, CultureInfo.InvariantCulture, out var which) ? _conversation.Calls.Find(which) : null;
        if (call is not null) _screen.Line(call.Whole());
        else _screen.Line(_conversation.Calls.Count == 0 ? "No tool was called yet." : $"There is no call '{number}'; there are 1 to {_conversation.Calls.Count}.", _screen.Ink.Warning);
    }

    private async Task ShowRunsAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<RunRecord> runs = _conversation.ThreadId is { } thread ? await _runtime.ListRunsAsync(new() { ThreadId = thread, Limit = 50 }, cancellationToken) : [];
        if (runs.Count == 0)
        {
            _screen.Line("This conversation has no runs yet. 'sluice runs list' shows those of others.");
            return;
        }

        var table = new TextTable("run", "state", "agent", "started");
        foreach (var run in runs) table.Add(TextCell.Id(run.RunId), RecordOutput.State(run), run.EntryAgent, RecordOutput.Minute(run.StartedAt));
        _screen.Table(table);
    }

    private async Task ShowApprovalsAsync(CancellationToken cancellationToken)
    {
        var requests = await _runtime.ListApprovalsAsync(new() { Status = ApprovalStatus.Pending, Limit = 50 }, cancellationToken);
        if (requests.Count == 0)
        {
            _screen.Line("Nothing waits for a decision.");
            return;
        }

        var table = new TextTable("run", "asks for", "agent", "asked");
        foreach (var request in requests) table.Add(TextCell.Id(request.RunId), request.Target, request.Agent, RecordOutput.Minute(request.CreatedAt));
        _screen.Table(table);
        _screen.Line("/resume RUN goes on with one, and asks.", _screen.Ink.Faint);
    }

    private void BeginAnother()
    {
        _conversation.ThreadId = null;
        _screen.Line("The next line begins another conversation.");
    }
}
