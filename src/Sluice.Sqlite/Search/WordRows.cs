using Sluice.Data;
using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.Search;

/// <summary>The words that a scope's documents are written in.</summary>
internal static class WordRows
{
    private const int LongestWord = 40;

    /// <summary>The words of some documents, each once. Values are left out: there is no end of them.</summary>
    public static HashSet<string> Of(IEnumerable<SearchDocument> documents)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var known = words.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var document in documents)
        {
            foreach (var text in (ReadOnlySpan<string>)[document.Name, document.Parts, document.Tags, document.Content])
            {
                foreach (var range in text.AsSpan().SplitAny(' ', '\n'))
                {
                    var word = text.AsSpan()[range];
                    if (word.Length is > 1 and <= LongestWord) known.Add(word);
                }
            }
        }

        return words;
    }

    public static void Add(Connection connection, long scope, IEnumerable<string> words)
    {
        var insert = "INSERT INTO vocabulary (scope, word) VALUES (?, ?) ON CONFLICT DO NOTHING";
        foreach (var word in words) connection.Prepare(insert).Bind(scope).Bind(word).Execute();
    }

    public static List<SearchWord> Read(Connection connection, long scope, long after)
    {
        using var row = connection.Prepare("SELECT number, word FROM vocabulary WHERE number > ? AND scope = ? ORDER BY number").Bind(after).Bind(scope);
        var words = new List<SearchWord>();
        while (row.Step()) words.Add(new(row.Int64(0), row.Text(1)));
        return words;
    }
}
