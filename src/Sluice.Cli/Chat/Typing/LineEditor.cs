using System.Text;
using System.Threading.Channels;
using Sluice.Cli.Output;

namespace Sluice.Cli.Chat.Typing;

/// <summary>Reads a line that can be edited while it is typed. A backslash at its end, and a paste, make it several.</summary>
internal sealed class LineEditor(ChannelReader<ConsoleKeyInfo> keys, TextWriter output, Func<(int Width, int Height)> size, Ink ink)
{
    private const string PasteOn = "\u001b[?2004h";
    private const string PasteOff = "\u001b[?2004l";
    private const string PasteStart = "[200~";
    private const string PasteEnd = "\u001b[201~";

    private readonly LineDrawing _drawing = new(output, size);
    private readonly EditedText _text = new();
    private bool _isEscaped;

    /// <summary>Reads a line.</summary>
    /// <param name="prompt">What stands before it.</param>
    /// <param name="history">Earlier lines, for the keys up and down; null: none.</param>
    /// <param name="cancellationToken">Stops reading; what was typed stays to be seen and is forgotten.</param>
    public async Task<TypedLine> ReadAsync(string prompt, LineHistory? history, CancellationToken cancellationToken)
    {
        _text.Set("");
        _drawing.Begin();
        output.Write(PasteOn);
        var walk = history?.Walk();
        try
        {
            while (true)
            {
                if (!keys.TryPeek(out _)) _drawing.Draw(prompt, _text.ToString(), _text.Cursor, ink);
                if (await NextAsync(cancellationToken) is not { } key) return new("", LineEnd.Closed);
                if (await PressAsync(key, walk, cancellationToken) is { } end) return new(end == LineEnd.Entered ? _text.ToString() : "", end);
            }
        }
        finally
        {
            _text.End();
            _drawing.Draw(prompt, _text.ToString(), _text.Cursor, ink);
            output.Write($"{PasteOff}\n");
        }
    }

    /// <summary>Does what a key means.</summary>
    /// <returns>How the line ends with it; null: it goes on.</returns>
    private async ValueTask<LineEnd?> PressAsync(ConsoleKeyInfo key, LineHistory.Walker? walk, CancellationToken cancellationToken)
    {
        // The pieces of a sequence may come one after the other.
        var isSequence = key.KeyChar == '[' && (_isEscaped || key.Modifiers.HasFlag(ConsoleModifiers.Alt));
        _isEscaped = key.Key == ConsoleKey.Escape;
        if (isSequence)
        {
            await SequenceAsync(cancellationToken);
            return null;
        }

        if (Keyboard.IsInterrupt(key)) return Interrupt();
        if (key.Modifiers.HasFlag(ConsoleModifiers.Control)) return PressControl(key.Key);
        switch (key.Key)
        {
            case ConsoleKey.Enter:
                return Enter();
            case ConsoleKey.UpArrow:
                if (walk?.Back(_text.ToString()) is { } earlier) _text.Set(earlier);
                break;
            case ConsoleKey.DownArrow:
                if (walk?.Forward(_text.ToString()) is { } later) _text.Set(later);
                break;
            default:
                Edit(key);
                break;
        }

        return null;
    }

    private void Edit(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.LeftArrow: _text.Left(); break;
            case ConsoleKey.RightArrow: _text.Right(); break;
            case ConsoleKey.Home: _text.Home(); break;
            case ConsoleKey.End: _text.End(); break;
            case ConsoleKey.Backspace: _text.DeleteBefore(); break;
            case ConsoleKey.Delete: _text.DeleteAfter(); break;
            default:
                if (!char.IsControl(key.KeyChar)) _text.Insert(key.KeyChar.ToString());
                break;
        }
    }

    private LineEnd? PressControl(ConsoleKey key)
    {
        switch (key)
        {
            case ConsoleKey.A: _text.Home(); break;
            case ConsoleKey.E: _text.End(); break;
            case ConsoleKey.B: _text.Left(); break;
            case ConsoleKey.F: _text.Right(); break;
            case ConsoleKey.U: _text.DeleteToHome(); break;
            case ConsoleKey.K: _text.DeleteToEnd(); break;
            case ConsoleKey.W or ConsoleKey.Backspace: _text.DeleteWord(); break;
            case ConsoleKey.H: _text.DeleteBefore(); break;
            case ConsoleKey.L: _drawing.Clear(); break;
            case ConsoleKey.J or ConsoleKey.M: return Enter();
            case ConsoleKey.D when _text.IsEmpty: return LineEnd.Closed;
            case ConsoleKey.D: _text.DeleteAfter(); break;
        }

        return null;
    }

    private LineEnd? Interrupt()
    {
        if (_text.IsEmpty) return LineEnd.Interrupted;
        _text.Set("");
        return null;
    }

    private LineEnd? Enter()
    {
        _text.End();
        if (!_text.ToString().EndsWith('\\')) return LineEnd.Entered;
        _text.DeleteBefore();
        _text.Insert("\n");
        return null;
    }

    /// <summary>A sequence that is no key, up to its end: the beginning of a paste, or one that means nothing here.</summary>
    private async ValueTask SequenceAsync(CancellationToken cancellationToken)
    {
        var sequence = new StringBuilder("[");
        while (await NextAsync(cancellationToken) is { } key)
        {
            sequence.Append(key.KeyChar);
            if (key.KeyChar is >= '@' and <= '~') break;
        }

        if (sequence.Equals(PasteStart)) await PasteAsync(cancellationToken);
    }

    private async ValueTask PasteAsync(CancellationToken cancellationToken)
    {
        var pasted = new StringBuilder();
        while (await NextAsync(cancellationToken) is { } key)
        {
            pasted.Append(key.Key == ConsoleKey.Enter || key.KeyChar is '\r' ? '\n' : key.KeyChar);
            if (key.KeyChar != '~' || pasted.Length < PasteEnd.Length || pasted.ToString(pasted.Length - PasteEnd.Length, PasteEnd.Length) != PasteEnd) continue;
            pasted.Length -= PasteEnd.Length;
            break;
        }

        _text.Insert(pasted.Replace("\0", "").ToString());
    }

    private async ValueTask<ConsoleKeyInfo?> NextAsync(CancellationToken cancellationToken) =>
        await keys.WaitToReadAsync(cancellationToken) && keys.TryRead(out var key) ? key : null;
}
