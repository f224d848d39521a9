using Spectre.Console;

namespace Sluice.Cli.Output;

/// <summary>A table for people.</summary>
internal sealed class TextTable
{
    private const int MostCharacters = 200;

    private static readonly Style Header = new(decoration: Decoration.Bold);

    private readonly Table _table = new Table().NoBorder();
    private readonly bool[] _isNumeric;
    private readonly List<string[]> _rows = [];

    public TextTable(params IReadOnlyList<string> columns)
    {
        _isNumeric = [.. columns.Select(_ => true)];
        foreach (var column in columns) _table.AddColumn(new TableColumn(new Text(Show(column).Text, Header)).Padding(left: 0, top: 0, right: 2, bottom: 0));
    }

    /// <summary>Whether a cell was longer than is shown.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Adds a row. A null is shown as an empty cell; a column is set to the right when all it holds is numbers.</summary>
    public void Add(params IReadOnlyList<TextCell> cells)
    {
        for (var i = 0; i < cells.Count; i++) _isNumeric[i] &= cells[i].IsNumber || cells[i].Text is null;
        _rows.Add([.. cells.Select(cell => Cell(cell.Text))]);
    }

    public void WriteTo(Terminal terminal) => terminal.Write(Drawing());

    /// <summary>The table as text, at most so many columns of a terminal wide.</summary>
    public string ToText(Terminal terminal, int width) => terminal.Draw(Drawing(), width);

    private Table Drawing()
    {
        for (var i = 0; i < _isNumeric.Length; i++) _table.Columns[i].Alignment = _isNumeric[i] && _rows.Count > 0 ? Justify.Right : Justify.Left;
        foreach (var row in _rows) _table.AddRow(row.Select(cell => new Text(cell)));
        return _table;
    }

    private string Cell(string? text)
    {
        if (text is null) return "";
        var (shown, isCut) = Show(text);
        IsCut |= isCut;
        return shown;
    }

    private static (string Text, bool IsCut) Show(string text)
    {
        if (text.Length <= MostCharacters) return (VisibleText.OfLine(text), false);
        var end = char.IsHighSurrogate(text[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters;
        return ($"{VisibleText.OfLine(text[..end])}…", true);
    }
}
