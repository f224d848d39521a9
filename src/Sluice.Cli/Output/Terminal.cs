using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sluice.Cli.Output;

/// <summary>Where a command reads and writes. Results go to <see cref="Out"/>, everything else to <see cref="Error"/>.</summary>
internal sealed class Terminal : IDisposable
{
    /// <summary>Redirected tables are read by programs and pagers: nothing is wrapped there.</summary>
    private const int Unlimited = 100_000;

    private const int LeastWidth = 40;

    private readonly bool _isOutTerminal;
    private readonly bool _isErrorTerminal;
    private bool _usesColor;

    public Terminal(TextReader input, TextWriter output, TextWriter error, bool isOutTerminal = false, bool isErrorTerminal = false)
    {
        (In, Out, Error, _isOutTerminal, _isErrorTerminal) = (input, output, error, isOutTerminal, isErrorTerminal);
        UseColor(true);
    }

    public TextReader In { get; }

    /// <summary>Standard input as bytes.</summary>
    public Stream InStream { get; init; } = Stream.Null;

    /// <summary>Standard output as bytes, for what is written as bytes. Nothing is written to <see cref="Out"/> then.</summary>
    public Stream OutStream { get; init; } = Stream.Null;

    public TextWriter Out { get; }

    public TextWriter Error { get; }

    /// <summary>Whether a bar that moves can be shown.</summary>
    public bool ShowsProgress => _isErrorTerminal && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Whether somebody sits at it, who sees questions and can answer them. Default: false.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Whether lines can be edited and drawn anew on it.</summary>
    public bool CanEditLines => IsInteractive && _isOutTerminal && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>How many columns it has; where there is no terminal, as many as are needed.</summary>
    public int Width => _isOutTerminal || _isErrorTerminal ? Math.Max(LeastWidth, Console.WindowWidth) : Unlimited;

    /// <summary>How many columns there are for what is written on standard output.</summary>
    public int OutWidth => _isOutTerminal ? Width : Unlimited;

    /// <summary>How texts are set off on standard output.</summary>
    public Ink Ink => new(_isOutTerminal && _usesColor);

    /// <summary>The terminal of this process. Output is UTF-8 whatever the locale, and results are flushed at the end.</summary>
    public static Terminal OfProcess()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var (input, output) = (Console.OpenStandardInput(), Console.OpenStandardOutput());
        return new(
            new StreamReader(input, utf8),
            new StreamWriter(output, utf8, bufferSize: 32 * 1024) { AutoFlush = !Console.IsOutputRedirected, NewLine = "\n" },
            new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true, NewLine = "\n" },
            !Console.IsOutputRedirected, !Console.IsErrorRedirected)
        { InStream = input, OutStream = output, IsInteractive = !Console.IsInputRedirected && !Console.IsErrorRedirected };
    }

    /// <summary>Allows colours where there is a terminal that has them and nobody asked to leave them out.</summary>
    public void UseColor(bool isWanted) => _usesColor = isWanted && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>Draws something on standard output. Where that is no terminal, lines end where their text ends.</summary>
    public void Write(IRenderable drawing)
    {
        if (_isOutTerminal)
        {
            Create(Out, isTerminal: true).Write(drawing);
            return;
        }

        Out.WriteLine(Draw(drawing, Unlimited));
    }

    /// <summary>A drawing as text, without colours. Lines end where their text ends.</summary>
    public string Draw(IRenderable drawing, int width)
    {
        using var drawn = new StringWriter();
        var console = Create(drawn, isTerminal: false);
        console.Profile.Width = width;
        console.Write(drawing);
        return string.Join(Out.NewLine, drawn.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd()));
    }

    /// <summary>Standard error as progress is drawn on it.</summary>
    public IAnsiConsole ErrorConsole() => Create(Error, _isErrorTerminal);

    public void Dispose()
    {
        // Whatever could not be written was told when it was flushed.
        try
        {
            Out.Dispose();
        }
        catch (IOException)
        {
        }

        Error.Dispose();
        In.Dispose();
    }

    private IAnsiConsole Create(TextWriter writer, bool isTerminal)
    {
        var console = AnsiConsole.Create(new()
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal && _usesColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (isTerminal) console.Profile.Width = Math.Max(LeastWidth, Console.IsOutputRedirected ? console.Profile.Width : Console.WindowWidth);
        else console.Profile.Width = Unlimited;
        return console;
    }
}
