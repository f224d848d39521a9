using System.CommandLine;
using Sluice.Cli.Chat.Typing;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Data;
using Sluice.Cli.Output;
using Sluice.Cli.Run;
using Sluice.Cli.Store;

namespace Sluice.Cli.Chat;

/// <summary><c>sluice chat</c>: a conversation in the terminal.</summary>
internal sealed class ChatCommand : SluiceCommand
{
    private readonly Option<string?> _agent = new("--agent") { Description = "The agent that is asked. Default: the coordinator, else the only one.", HelpName = "NAME" };
    private readonly Option<string?> _thread = new("--thread") { Description = "The conversation to go on with. Default: a new one.", HelpName = "ID" };

    private readonly DataSourceOptions _data = new();
    private readonly StoreOptions _store = new();
    private readonly ApproveOptions _approve = new();
    private readonly AgentOptions _agents;
    private Func<string?>? _afterInterruption;

    public ChatCommand(Shell shell)
        : base(
            shell, "chat", "Talks with an agent in the terminal. Without a terminal every line of standard input is asked, one after the other.",
            "sluice chat --app MyAgents.csproj",
            "sluice chat --spec runtime.json --database chinook.db --agent analyst",
            "sluice chat --app MyAgents.csproj --thread thread-01a21ee943f8764681ddc5260bfd83d4",
            "sluice chat --spec runtime.json --approve never --output ndjson < questions.txt")
    {
        _agents = new(_data);
        foreach (var option in (IEnumerable<Option>)[_agent, _thread, .. _agents.All, .. _store.All, .. _approve.All, .. _data.All]) Options.Add(option);
    }

    public override string? AfterInterruption => _afterInterruption?.Invoke();

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var address = _store.Read(invocation);
        await using var agents = await _agents.OpenAsync(invocation, invocation.Get(_agent), address.OpenOrCreate, cancellationToken);
        var hints = new RunHints(agents, address);
        return invocation.Format == OutputFormat.Text && invocation.Terminal.CanEditLines
            ? await TalkAsync(invocation, agents, hints, cancellationToken)
            : await ReadAsync(invocation, agents, hints, cancellationToken);
    }

    private async Task<ExitCode> ReadAsync(Invocation invocation, OpenAgents agents, RunHints hints, CancellationToken cancellationToken)
    {
        var output = new RunOutput(invocation);
        // Whoever is at the terminal, if anybody is, types the next line there: approval requests are answered from elsewhere.
        var follower = new RunFollower(agents.Runtime, output, _approve.Create(invocation, agents.Runtime, output, hints), hints);
        _afterInterruption = () => follower.AfterInterruption;
        return await new PipedChat(invocation, agents.Runtime, follower, output).RunAsync(invocation.Get(_agent), invocation.Get(_thread), cancellationToken);
    }

    private async Task<ExitCode> TalkAsync(Invocation invocation, OpenAgents agents, RunHints hints, CancellationToken cancellationToken)
    {
        var screen = new ChatScreen(invocation.Terminal);
        await using var keyboard = new Keyboard();
        var editor = new LineEditor(keyboard.Keys, invocation.Terminal.Out, static () => (Console.WindowWidth, Console.WindowHeight), screen.Ink);
        var dialog = new ApprovalDialog(agents.Runtime, screen, keyboard, editor, hints, _approve.Mode(invocation), _approve.Decider(invocation));
        var conversation = new Conversation(agents.Runtime, screen, keyboard, editor, dialog, hints)
        {
            Agent = invocation.Get(_agent),
            ThreadId = invocation.Get(_thread),
        };
        _afterInterruption = () => conversation.AfterInterruption;
        screen.WriteLine($"{screen.Ink.Strong(VisibleText.OfLine(agents.Name))}. /help says what there is; Ctrl+D ends.");
        await conversation.RunAsync(LineHistory.OfApp(agents.Name), cancellationToken);
        return ExitCode.Done;
    }
}
