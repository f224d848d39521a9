using System.Globalization;
using System.Text;
using Sluice.Cli.Output;
using Spectre.Console;

namespace Sluice.Cli.Chat.Typing;

/// <summary>Draws a text that is typed over the one that was drawn before, in as many rows as it needs.</summary>
internal sealed class LineDrawing(TextWriter output, Func<(int Width, int Height)> size)
{
    private const string Indent = "  ";

    private int _rowOfCursor;

    /// <summary>Begins at the line on which the terminal's cursor is.</summary>
    public void Begin() => _rowOfCursor = 0;

    /// <summary>Draws a prompt and a text, and puts the terminal's cursor to its place in it.</summary>
    public void Draw(string prompt, string text, int cursor, Ink ink)
    {
        var (width, height) = size();
        var (rows, row, column) = Lay(prompt, text, cursor, Math.Max(width, 10));
        // What is longer than the terminal is high is shown around the cursor.
        var first = Math.Clamp(row - height + 2, 0, Math.Max(0, rows.Count - 1));
        var shown = rows.Skip(first).Take(Math.Max(1, height - 1)).ToList();
        if (first == 0) shown[0] = ink.Strong(prompt) + shown[0][prompt.Length..];
        var drawn = new StringBuilder(ToTop()).Append("\u001b[J").AppendJoin('\n', shown);
        if (shown.Count - 1 - (row - first) is > 0 and var up) drawn.Append($"\u001b[{up}A");
        drawn.Append('\r');
        if (column > 0) drawn.Append($"\u001b[{column}C");
        _rowOfCursor = row - first;
        output.Write(drawn);
    }

    /// <summary>Clears the terminal; the next drawing begins at its top.</summary>
    public void Clear()
    {
        output.Write("\u001b[H\u001b[2J");
        Begin();
    }

    private string ToTop() => _rowOfCursor > 0 ? $"\r\u001b[{_rowOfCursor}A" : "\r";

    private static (List<string> Rows, int Row, int Column) Lay(string prompt, string text, int cursor, int width)
    {
        var rows = new List<string>();
        var (row, column) = (new StringBuilder(prompt), prompt.GetCellWidth());
        var place = (Row: 0, Column: column);
        for (var start = 0; start <= text.Length;)
        {
            var length = start < text.Length ? StringInfo.GetNextTextElementLength(text, start) : 1;
            var element = start < text.Length ? text.Substring(start, length) : " ";
            var isBreak = element is "\n" or "\r\n";
            var shown = isBreak ? "" : VisibleText.OfLine(element);
            var cells = shown.GetCellWidth();
            if (column + cells > width - 1) Break();
            if (start <= cursor) place = (rows.Count, column);
            if (start < text.Length) row.Append(shown);
            column += cells;
            if (isBreak) Break();
            start += length;
        }

        rows.Add(row.ToString());
        return (rows, place.Row, place.Column);

        void Break()
        {
            rows.Add(row.ToString());
            row.Clear().Append(Indent);
            column = Indent.Length;
        }
    }
}
