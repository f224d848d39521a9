using Sluice.Cli.Output;
using Spectre.Console;

namespace Sluice.Cli.Chat;

/// <summary>The terminal as a conversation is written on it: lines, a text that grows, and one line below them that says what is going on and goes away.</summary>
internal sealed class ChatScreen(Terminal terminal)
{
    private const string EraseLine = "\r\u001b[2K";

    private readonly Lock _lock = new();
    private bool _isInText;
    private bool _hasStatus;

    public Terminal Terminal { get; } = terminal;

    public Ink Ink { get; } = terminal.Ink;

    public int Width => Terminal.Width;

    /// <summary>A text on lines of its own.</summary>
    /// <param name="text">Anybody's text.</param>
    /// <param name="set">How it is set off.</param>
    public void Line(string text, Func<string, string>? set = null)
    {
        var visible = VisibleText.OfLines(text);
        WriteLine(set is null ? visible : string.Join('\n', visible.Split('\n').Select(set)));
    }

    /// <summary>A text whose lines end between words, indented by so many columns.</summary>
    public void Paragraph(string text, int indent, Func<string, string>? set = null)
    {
        var drawn = Terminal.Draw(new Padder(new Text(VisibleText.OfLines(text)), new(indent, 0, 0, 0)), Width - 1);
        WriteLine(set is null ? drawn : string.Join('\n', drawn.Split('\n').Select(set)));
    }

    /// <summary>A line that is safe to be shown, and may be set off in parts.</summary>
    public void WriteLine(string visible)
    {
        lock (_lock)
        {
            EndText();
            Terminal.Out.WriteLine(visible);
        }
    }

    /// <summary>A piece of a text that grows.</summary>
    public void Append(string text)
    {
        if (text.Length == 0) return;
        lock (_lock)
        {
            EraseStatus();
            Terminal.Out.Write(VisibleText.OfLines(text));
            _isInText = text[^1] != '\n';
        }
    }

    /// <summary>Says what is going on, until something else is written. Not in the middle of a text.</summary>
    public void Status(string text)
    {
        lock (_lock)
        {
            if (_isInText) return;
            EraseStatus();
            Terminal.Out.Write(Ink.Faint(VisibleText.Cut($"  … {VisibleText.OfLine(text)}", Width - 1)));
            _hasStatus = true;
        }
    }

    public void Table(TextTable table)
    {
        lock (_lock)
        {
            EndText();
            table.WriteTo(Terminal);
        }
    }

    /// <summary>Begins a new line, if one is begun.</summary>
    public void EndText()
    {
        lock (_lock)
        {
            EraseStatus();
            if (_isInText) Terminal.Out.WriteLine();
            _isInText = false;
        }
    }

    private void EraseStatus()
    {
        if (_hasStatus) Terminal.Out.Write(EraseLine);
        _hasStatus = false;
    }
}
