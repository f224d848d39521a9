namespace Sluice.Cli.CommandLine;

/// <summary>Command lines as they are told to people: they work when they are copied into a shell.</summary>
internal static class CommandText
{
    private const string Plain = "-_./:=,@%+…";

    public static string Of(params IEnumerable<string> arguments) => string.Join(' ', arguments.Select(Quote).Prepend("sluice"));

    /// <summary>An argument as a shell takes it.</summary>
    public static string Quote(string argument) => argument.Length > 0 && argument.All(letter => char.IsAsciiLetterOrDigit(letter) || Plain.Contains(letter))
        ? argument
        : $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
