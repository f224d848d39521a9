using Sluice.Data.Knowledge.Reading;
using Sluice.Data.Search.Words;

namespace Sluice.Data.Knowledge.Linking;

/// <summary>
/// Finds the tables and columns that a text speaks of. Names with a dot count wherever they stand, tables in code or as a word that only one has. A
/// column alone counts in code where its section names its table, and as a word where its paragraph or heading does.
/// </summary>
internal sealed class Mentions(TargetNames names)
{
    private const int LongestCode = 200;
    private const int ShortestWord = 3;

    private readonly SortedSet<string> _found = new(CodePointComparer.Instance);
    private readonly HashSet<TargetTable> _ofHeadings = [];
    private readonly HashSet<TargetTable> _ofSection = [];
    private readonly HashSet<TargetTable> _ofBlock = [];
    private readonly HashSet<string> _words = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _codes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The ids of what a part of a document speaks of, in order.</summary>
    public static IReadOnlyCollection<string> Of(ParsedDocument document, DocumentPart part, TargetNames names)
    {
        if (names.Names.Count == 0) return [];
        var mentions = new Mentions(names);
        mentions.Begin([document.Title, .. part.Headings]);
        foreach (var (block, end) in document.BlocksOf(part))
        {
            if (block.Heading is { } heading) mentions.Begin([document.Title, .. part.Headings, heading]);
            mentions.Read(document.Text.AsSpan(block.Start, end - block.Start));
        }

        return mentions._found;
    }

    /// <summary>The ids of what a single text speaks of, in order.</summary>
    public static IReadOnlyCollection<string> Of(string text, TargetNames names)
    {
        var mentions = new Mentions(names);
        mentions.Read(text);
        return mentions._found;
    }

    private void Begin(IEnumerable<string> headings)
    {
        _ofHeadings.Clear();
        _ofSection.Clear();
        foreach (var heading in headings) Scan(heading);
        _ofHeadings.UnionWith(_ofBlock);
        Finish();
    }

    private void Read(ReadOnlySpan<char> block)
    {
        Scan(block);
        Finish();
    }

    private void Finish()
    {
        _ofSection.UnionWith(_ofBlock);
        foreach (var table in _ofSection.Union(_ofHeadings))
        {
            _found.UnionWith(_codes.Where(table.Columns.ContainsKey).Select(name => table.Columns[name]));
            if (_ofBlock.Contains(table) || _ofHeadings.Contains(table))
                _found.UnionWith(_words.Where(table.Columns.ContainsKey).Select(name => table.Columns[name]));
        }

        _ofBlock.Clear();
        _words.Clear();
        _codes.Clear();
    }

    private void Scan(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length;) i = text[i] == '`' ? ReadCode(text, i) : IsOfName(text[i]) ? ReadWord(text, i, isCode: false) : i + 1;
    }

    /// <summary>Reads code; where the ticks begin none, they are passed over.</summary>
    private int ReadCode(ReadOnlySpan<char> text, int start)
    {
        var ticks = text[start..].IndexOfAnyExcept('`');
        if (ticks < 0) return text.Length;
        var begin = start + ticks;
        var length = text.Slice(begin, Math.Min(LongestCode, text.Length - begin)).IndexOf(text.Slice(start, ticks));
        if (length <= 0) return begin;
        var code = text.Slice(begin, length).Trim();
        if (!Take(code, isCode: true))
            for (var i = 0; i < code.Length;) i = IsOfName(code[i]) ? ReadWord(code, i, isCode: true) : i + 1;
        return begin + length + ticks;
    }

    private int ReadWord(ReadOnlySpan<char> text, int start, bool isCode)
    {
        var end = start + 1;
        while (end < text.Length && (IsOfName(text[end]) || (text[end] == '.' && end + 1 < text.Length && IsOfName(text[end + 1])))) end++;
        Take(text[start..end], isCode);
        return end;
    }

    /// <summary>Takes a name, if it is one of a table or column.</summary>
    private bool Take(ReadOnlySpan<char> name, bool isCode)
    {
        if (names.FindColumn(name) is { } column)
        {
            _found.Add(column);
            // The column stands for its table where others of it follow.
            if (names.FindTable(name[..name.LastIndexOf('.')]) is { } of) _ofBlock.Add(of);
            return true;
        }

        var table = names.FindTable(name);
        var isColumn = names.IsColumn(name);
        if ((table is null && !isColumn) || !(isCode || name.Contains('.') || IsTelling(name))) return false;
        if (table is not null)
        {
            _found.Add(table.Id);
            _ofBlock.Add(table);
        }

        if (isColumn) (isCode ? _codes : _words).Add(name.ToString());
        return true;
    }

    private static bool IsOfName(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '$';

    /// <summary>Whether a word may be a name where it stands in a sentence.</summary>
    private static bool IsTelling(ReadOnlySpan<char> word) => word.Length >= ShortestWord && !StopWords.Contains(word.ToString().ToLowerInvariant());
}
