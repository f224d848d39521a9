using Spectre.Console;

namespace Inventory;

/// <summary>The lines that somebody types. Reading cannot be stopped: what a withdrawn question left behind answers the next one.</summary>
internal sealed class TerminalInput(IAnsiConsole console, TextReader input, bool isTerminal)
{
    private Task<string?>? _reading;

    /// <summary>Whether somebody sits there; otherwise the input comes from a file or another program.</summary>
    public bool IsTerminal => isTerminal;

    public static TerminalInput Open(IAnsiConsole console) => new(console, Console.In, !Console.IsInputRedirected);

    /// <summary>The next line; null at the end of the input.</summary>
    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        _reading ??= Task.Run(input.ReadLine, CancellationToken.None);
        var line = await _reading.WaitAsync(cancellationToken);
        _reading = null;
        if (!isTerminal) console.WriteLine(line ?? "");
        return line;
    }
}
