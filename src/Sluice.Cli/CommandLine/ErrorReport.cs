using System.CommandLine;
using Sluice.Cli.Output;
using Sluice.Data;
using Sluice.Data.Reading;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.Cli.CommandLine;

/// <summary>Tells failures on standard error: one line, what belongs to it indented below, and a hint.</summary>
internal sealed class ErrorReport(Terminal terminal, bool isVerbose)
{
    public ExitCode WrongUse(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var commands = command.Subcommands.Select(sub => sub.Name).ToArray();
        var unknown = UnknownOptions.In(parsed);
        if (unknown.Count > 0)
            foreach (var option in unknown) Write($"There is no option '{option}' here{NearestName.Suggest(option, UnknownOptions.Known(command), "the options are")}");
        else if (commands.Length == 0)
            foreach (var error in parsed.Errors) Write(error.Message);
        else if (parsed.UnmatchedTokens is [var name, ..])
            Write($"There is no command '{name}' here{NearestName.Suggest(name, commands, "the commands are")}");
        else
            Write($"Which command? There are: {string.Join(", ", commands)}.");
        Hint(SluiceCommand.HelpOf(command));
        return ExitCode.WrongUse;
    }

    public ExitCode Interrupted(Command command)
    {
        Write("Interrupted.");
        if (command is SluiceCommand { AfterInterruption: { } next }) Hint(next);
        return ExitCode.Interrupted;
    }

    public ExitCode Failure(Exception exception, Command command)
    {
        switch (exception)
        {
            case WrongUseException wrong:
                Write(wrong.Message);
                Hint(wrong.Hint);
                break;
            case WaitingException waiting:
                Write(waiting.Message);
                Hint(waiting.Hint);
                return ExitCode.Interrupted;
            case SpecValidationException invalid:
                Write($"{Count.Of(invalid.Errors.Count, "problem")} ({invalid.Code})");
                foreach (var error in invalid.Errors) Write($"{error.Path}: {error.Message} ({error.Code})", "  ");
                break;
            case QueryException query:
                Write($"{query.Message} ({query.Code}, {query.Rule}{(query.ObjectName is { } name ? $", '{name}'" : "")})");
                break;
            case SluiceException known:
                Write($"{known.Message} ({known.Code})");
                break;
            case IOException or UnauthorizedAccessException:
                Write(exception.Message);
                break;
            default:
                Write($"Unexpected error, {exception.GetType().Name}: {exception.Message}");
                if (!isVerbose) Hint("--verbose shows where it came from. Please report it.");
                break;
        }

        // What was begun may go on although telling of it failed, as where standard output was closed.
        if (command is SluiceCommand { AfterInterruption: { } next }) Hint(next);
        if (isVerbose) terminal.Error.WriteLine(VisibleText.OfLines(Redaction.OfText(exception.ToString())));
        return exception is WrongUseException ? ExitCode.WrongUse : ExitCode.Failed;
    }

    private void Write(string message, string start = "sluice: ") => terminal.Error.WriteLine(start + VisibleText.OfLine(Redaction.OfText(message)));

    private void Hint(string hint) => terminal.Error.WriteLine($"hint: {VisibleText.OfLine(hint)}");
}
