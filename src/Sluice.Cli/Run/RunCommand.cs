using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Data;

namespace Sluice.Cli.Run;

/// <summary><c>sluice run</c>: asks an agent one thing and shows what happens.</summary>
internal sealed class RunCommand : SluiceCommand
{
    private readonly Option<string?> _prompt = new("--prompt", "-p") { Description = "What is asked. For the interpreter 'scripted', a script in JSON.", HelpName = "TEXT" };
    private readonly Option<string?> _promptFile = new("--prompt-file") { Description = "The file that holds what is asked; - is standard input.", HelpName = "FILE" };
    private readonly Option<string?> _agent = new("--agent") { Description = "The agent that is asked. Default: the coordinator, else the only one.", HelpName = "NAME" };
    private readonly Option<string?> _thread = new("--thread") { Description = "The conversation. Default: a new one.", HelpName = "ID" };
    private readonly Option<string?> _resume = new("--resume") { Description = "Go on with a run that was interrupted or waits, in place of a new one.", HelpName = "RUN" };

    private readonly DataSourceOptions _data = new();
    private readonly RunFlow _flow;

    public RunCommand(Shell shell)
        : base(
            shell, "run", "Asks an agent one thing, and shows what happens until the run ends.",
            "sluice run --app MyAgents.csproj --prompt \"Which boots do not sell?\"",
            "sluice run --spec runtime.json --data-environment sluice.data.yaml --prompt-file question.txt --output ndjson",
            "sluice run --spec runtime.json --database chinook.db --interpreter scripted --prompt '{\"tool\":\"execute_query\",\"args\":{\"sql\":\"SELECT 1\"}}'",
            "sluice run --spec runtime.json --resume run-01a21ee943f8764681ddc5260bfd83d4")
    {
        _flow = new(_data);
        foreach (var option in (IEnumerable<Option>)[_prompt, _promptFile, _agent, _thread, _resume, .. _flow.All, .. _data.All]) Options.Add(option);
    }

    public override string? AfterInterruption => _flow.AfterInterruption;

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (invocation.Get(_resume) is { } runId)
        {
            RequireNothingElse(invocation);
            return await _flow.ResumeAsync(invocation, runId, cancellationToken);
        }

        var request = new RunRequest
        {
            Prompt = await ReadPromptAsync(invocation, cancellationToken),
            Agent = invocation.Get(_agent),
            ThreadId = invocation.Get(_thread),
        };
        return await _flow.RunAsync(invocation, request, cancellationToken);
    }

    private void RequireNothingElse(Invocation invocation)
    {
        var others = new[] { _prompt, _promptFile, _agent, _thread }.Where(option => invocation.Get(option) is not null).Select(option => option.Name).ToArray();
        if (others.Length > 0) throw new WrongUseException($"--resume goes on with a run as it was begun, and {string.Join(" and ", others)} would change it.", "leave them out");
    }

    private async Task<string> ReadPromptAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (given, file) = (invocation.Get(_prompt), invocation.Get(_promptFile));
        var prompt = (given, file) switch
        {
            ({ }, { }) => throw new WrongUseException("--prompt and --prompt-file say what is asked twice.", "keep one of the two"),
            ({ }, null) => given,
            (null, "-") => await invocation.Terminal.In.ReadToEndAsync(cancellationToken),
            (null, { }) when File.Exists(file) => await File.ReadAllTextAsync(file, cancellationToken),
            (null, { }) => throw new WrongUseException($"--prompt-file: There is no file '{file}'.", "- is standard input; --prompt takes the text itself"),
            _ => throw new WrongUseException("What is to be asked?", "add --prompt, --prompt-file, or --resume with a run"),
        };
        return string.IsNullOrWhiteSpace(prompt) ? throw new WrongUseException("What is to be asked is empty.", "write it into the file, or give it with --prompt") : prompt;
    }
}
