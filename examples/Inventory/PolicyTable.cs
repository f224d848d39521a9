namespace Inventory;

/// <summary>The first table of a policy document: what holds for each category, by its first column.</summary>
internal sealed class PolicyTable<T>
{
    private const string Otherwise = "Everything else";
    private const string Separator = "| ---";

    private readonly Dictionary<string, T> _rows = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a document.</summary>
    /// <param name="file">The file of the document, in Markdown.</param>
    /// <param name="read">Reads the cells behind the category.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It has no such table, or a row that cannot be read.</exception>
    public PolicyTable(string file, Func<string[], T> read)
    {
        var lines = File.ReadLines(file).Select(line => line.Trim());
        foreach (var line in lines.SkipWhile(line => !line.StartsWith(Separator, StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.StartsWith('|')))
        {
            var cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries);
            try
            {
                _rows[cells[0]] = read(cells[1..]);
            }
            catch (Exception e) when (e is FormatException or OverflowException or IndexOutOfRangeException)
            {
                throw new InvalidDataException($"The policy '{file}' has a row that cannot be read: {line} Write it as the other rows are written.", e);
            }
        }

        if (!_rows.ContainsKey(Otherwise))
            throw new InvalidDataException($"The policy '{file}' has no table with a row '{Otherwise}', which says what holds for all other categories.");
    }

    /// <summary>What holds for a category, in any case; null: for a selection of several.</summary>
    public T this[string? category] => category is not null && _rows.TryGetValue(category, out var own) ? own : _rows[Otherwise];
}
