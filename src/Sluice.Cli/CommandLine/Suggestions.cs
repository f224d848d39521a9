using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Sluice.Cli.CommandLine;

/// <summary>
/// What the scripts of shells ask for: <c>sluice "[suggest:N]" LINE</c> writes what can stand at the Nth character of a command line, one a line. Nothing
/// means that the shell's own suggestions, which are files, fit.
/// </summary>
internal sealed class Suggestions(SuggestDirective directive, ParserConfiguration parser) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var line = parseResult.Tokens.LastOrDefault(token => token.Type != TokenType.Directive)?.Value ?? "";
        var position = parseResult.GetResult(directive)?.Values is [var number, ..] && int.TryParse(number, out var given)
            ? Math.Clamp(given, 0, line.Length)
            : line.Length;
        foreach (var suggestion in Find(parseResult.RootCommandResult.Command, line[..position]))
            parseResult.InvocationConfiguration.Output.WriteLine(suggestion);
        return 0;
    }

    private IEnumerable<string> Find(Command root, string line)
    {
        // The first word is the program, however it was called.
        var start = line.IndexOf(' ', StringComparison.Ordinal);
        if (start < 0) return [];
        var parsed = CommandLineParser.Parse(root, line[(start + 1)..], parser);
        var word = parsed.GetCompletionContext().WordToComplete;
        var fitting = parsed.GetCompletions()
            .Select(item => item.InsertText ?? item.Label)
            .Where(text => text.StartsWith(word, StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal);
        return word.StartsWith('-') || TakesOptionsOnly(parsed.CommandResult.Command) ? fitting : fitting.Where(text => !text.StartsWith('-'));
    }

    private static bool TakesOptionsOnly(Command command) => command.Arguments.Count == 0 && command.Subcommands.Count == 0;
}
