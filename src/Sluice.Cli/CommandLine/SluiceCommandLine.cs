using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Sluice.Cli.Approvals;
using Sluice.Cli.Audit;
using Sluice.Cli.Chat;
using Sluice.Cli.Data;
using Sluice.Cli.Dev;
using Sluice.Cli.Doctor;
using Sluice.Cli.Eval;
using Sluice.Cli.Mcp;
using Sluice.Cli.New;
using Sluice.Cli.Output;
using Sluice.Cli.Run;
using Sluice.Cli.Runs;
using Sluice.Cli.Serve;
using Sluice.Cli.Spec;
using Sluice.Cli.Store;

namespace Sluice.Cli.CommandLine;

/// <summary>The commands of <c>sluice</c>, and what happens when one is called.</summary>
internal sealed class SluiceCommandLine
{
    /// <summary>Texts that begin with @ are SQL parameters and names here, never files of arguments.</summary>
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    private readonly Terminal _terminal;
    private readonly GlobalOptions _globals = new();

    public SluiceCommandLine(Terminal terminal)
    {
        _terminal = terminal;
        var shell = new Shell(terminal, _globals);
        Root = new("Sluice: a harness for data agents.")
        {
            new NewCommand(shell),
            new DevCommand(shell),
            new ServeCommand(shell),
            new RunCommand(shell),
            new ChatCommand(shell),
            RunsCommand.Create(shell),
            ApprovalsCommand.Create(shell),
            AuditCommand.Create(shell),
            SpecCommand.Create(shell),
            StoreCommand.Create(shell),
            DataCommand.Create(shell),
            EvalCommand.Create(shell),
            McpCommand.Create(shell),
            new DoctorCommand(shell),
            new CompletionCommand(shell),
        };
        foreach (var option in _globals.All) Root.Options.Add(option);
        Root.Options.Remove(Root.Options.OfType<HelpOption>().Single());
        var help = new HelpOption("--help", "-h") { Description = "Show this help." };
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        Root.Options.Add(help);
        var suggest = Root.Directives.OfType<SuggestDirective>().Single();
        suggest.Action = new Suggestions(suggest, Parser);
        foreach (var option in OptionsOf(Root))
        {
            option.Validators.Add(RefuseBlank);
            OfferForms(option);
        }
    }

    public RootCommand Root { get; }

    /// <summary>Runs one command line to its end. Every failure is told on standard error.</summary>
    public async Task<ExitCode> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var parsed = Root.Parse(arguments, Parser);
        var report = new ErrorReport(_terminal, parsed.GetValue(_globals.Verbose));
        try
        {
            _terminal.UseColor(!parsed.GetValue(_globals.NoColor));
            if (parsed.Action is ParseErrorAction || (parsed.Action is not SynchronousCommandLineAction && UnknownOptions.In(parsed).Count > 0)) return report.WrongUse(parsed);
            // What a command throws is told below, and signals are ours.
            var configuration = new InvocationConfiguration
            {
                Output = _terminal.Out,
                Error = _terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            var result = (ExitCode)await parsed.InvokeAsync(configuration, cancellationToken);
            _terminal.Out.Flush();
            return result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return report.Interrupted(parsed.CommandResult.Command);
        }
        catch (Exception exception)
        {
            return report.Failure(exception, parsed.CommandResult.Command);
        }
    }

    private static IEnumerable<Option> OptionsOf(Command command) => command.Options.Concat(command.Subcommands.SelectMany(OptionsOf));

    /// <summary>An option that takes one of several words suggests them, also those that more belongs to, such as <c>record:FILE</c>.</summary>
    private static void OfferForms(Option option)
    {
        if (option.HelpName is { } forms && forms.Contains('|'))
            option.CompletionSources.Add([.. forms.Split('|').Select(form => form.IndexOf(':') is >= 0 and var colon ? form[..(colon + 1)] : form)]);
    }

    private static void RefuseBlank(OptionResult option)
    {
        foreach (var token in option.Tokens)
            if (string.IsNullOrWhiteSpace(token.Value)) option.AddError($"{option.Option.Name} is blank. Give it a value, or leave it out.");
    }
}
