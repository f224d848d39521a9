using Spectre.Console;

namespace Sluice.Cli.Output;

/// <summary>A table for people. Where its ids leave no room for the rest, each row is shown as lines of a name and a value.</summary>
internal sealed class TextTable
{
    private const int MostCharacters = 200;

    private const int Gap = 2;

    /// <summary>The fewest columns of a terminal in which words beside an id can be read.</summary>
    private const int LeastWidth = 8;

    private static readonly Style Header = new(decoration: Decoration.Bold);

    private readonly string[] _columns;
    private readonly bool[] _isNumeric;
    private readonly bool[] _isWhole;
    private readonly List<string[]> _rows = [];

    public TextTable(params IReadOnlyList<string> columns)
    {
        _columns = [.. columns.Select(column => Show(column).Text)];
        _isNumeric = [.. columns.Select(_ => true)];
        _isWhole = new bool[columns.Count];
    }

    /// <summary>Whether a cell was longer than is shown.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Adds a row. A null is shown as an empty cell; a column is set to the right when all it holds is numbers.</summary>
    public void Add(params IReadOnlyList<TextCell> cells)
    {
        foreach (var (i, cell) in cells.Index())
        {
            _isNumeric[i] &= cell.IsNumber || cell.Text is null;
            _isWhole[i] |= cell.IsWhole;
        }

        _rows.Add([.. cells.Select(cell => Cell(cell.Text))]);
    }

    public void WriteTo(Terminal terminal) => terminal.Write(Drawing(terminal.OutWidth));

    /// <summary>The table as text, at most so many columns of a terminal wide.</summary>
    public string ToText(Terminal terminal, int width) => terminal.Draw(Drawing(width), width);

    private Table Drawing(int width) => _isWhole.Contains(true) && LeastWidths().Sum(least => least + Gap) - Gap > width ? Lines() : Grid();

    private IEnumerable<int> LeastWidths() => _columns.Select((name, i) =>
    {
        var natural = _rows.Select(row => row[i]).Append(name).Max(text => text.GetCellWidth());
        return _isWhole[i] ? natural : Math.Min(natural, LeastWidth);
    });

    private Table Grid()
    {
        var table = new Table().NoBorder();
        foreach (var (i, name) in _columns.Index())
        {
            table.AddColumn(new TableColumn(new Text(name, Header))
            {
                Alignment = _isNumeric[i] && _rows.Count > 0 ? Justify.Right : Justify.Left,
                NoWrap = _isWhole[i],
                Padding = new(0, 0, i < _columns.Length - 1 ? Gap : 0, 0),
            });
        }

        foreach (var row in _rows) table.AddRow(row.Select(cell => new Text(cell)));
        return table;
    }

    private Table Lines()
    {
        var table = new Table().NoBorder().HideHeaders();
        table.AddColumn(new TableColumn("") { NoWrap = true, Padding = new(0, 0, Gap, 0) });
        table.AddColumn(new TableColumn("") { Padding = new(0) });
        foreach (var (number, row) in _rows.Index())
        {
            if (number > 0) table.AddEmptyRow();
            foreach (var (name, cell) in _columns.Zip(row)) table.AddRow(new Text(name, Header), new Text(cell));
        }

        return table;
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
