using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Sluice.Cli.CommandLine;

/// <summary>Options that a command does not have. The parser takes one for an argument where there is room for one.</summary>
internal static partial class UnknownOptions
{
    public static IReadOnlyList<string> In(ParseResult parsed)
    {
        var arguments = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value);
        return [.. arguments.Concat(parsed.UnmatchedTokens).Where(token => Option().IsMatch(token)).Select(token => token.Split('=')[0]).Distinct()];
    }

    /// <summary>The options that can stand behind a command.</summary>
    public static IReadOnlyList<string> Known(Command command) =>
        [.. command.Options.Concat(command.Parents.OfType<Command>().SelectMany(Inherited)).Select(option => option.Name).Order(StringComparer.Ordinal)];

    private static IEnumerable<Option> Inherited(Command command) =>
        command.Options.Where(option => option.Recursive).Concat(command.Parents.OfType<Command>().SelectMany(Inherited));

    // A statement may begin with a comment, which has a space somewhere.
    [GeneratedRegex(@"^(-[A-Za-z]|--[A-Za-z][\w-]*)(=\S*)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Option();
}
