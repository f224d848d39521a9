namespace Sluice.Cli.CommandLine;

/// <summary>The command line cannot be meant so. Standard error gets the message and the hint.</summary>
internal sealed class WrongUseException(string message, string hint) : Exception(message)
{
    public string Hint { get; } = hint;
}
