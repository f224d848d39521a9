using Sluice.Data.Search.Documents;

namespace Sluice.Data.Profiling.Inference;

/// <summary>What the name of a column says of which rows it tells apart.</summary>
internal static class KeyNames
{
    private static readonly HashSet<string> Endings = new(StringComparer.Ordinal) { "id", "key", "code", "no", "nr", "num", "number", "uuid", "guid", "pk", "fk", "ref" };

    /// <summary>How much a column's name speaks for a key of its table, from 0 to 1: <c>id</c>, <c>customer_id</c> of <c>customers</c>.</summary>
    public static double ScoreOf(string column, string table)
    {
        var words = NameWords.Split(column);
        if (words is [var only] && Endings.Contains(only)) return only is "id" or "uuid" or "guid" or "pk" ? 1 : 0.6;
        if (words.Count == 0 || !Endings.Contains(words[^1])) return 0;
        return Singular(string.Concat(words[..^1])) == Singular(string.Concat(NameWords.Split(table))) ? 1 : words[^1] == "id" ? 0.3 : 0.2;
    }

    /// <summary>How much a column's name speaks for referring to a key of another table, from 0 to 1.</summary>
    public static double ScoreOf(string column, string referencedTable, string referencedColumn)
    {
        var (words, key) = (NameWords.Split(column), NameWords.Split(referencedColumn));
        if (words.Count == 0) return 0;
        var table = Singular(string.Concat(NameWords.Split(referencedTable)));
        var hasEnding = words.Count > 1 && Endings.Contains(words[^1]);
        var stem = string.Concat(hasEnding ? words[..^1] : words);
        // "customer_code" refers to a code, and not to an id.
        if (hasEnding && key.Count > 0 && Endings.Contains(key[^1]) && !IsSameEnding(words[^1], key[^1])) return 0;
        if (table.Length > 0 && Singular(stem) == table) return hasEnding ? 1 : 0.8;
        if (key.Count > 1 && words.SequenceEqual(key)) return 0.9;
        if (table.Length < 3) return 0;
        // "billing_customer_id" refers to customers, and so does "customer_id" to "crm_customers".
        if (hasEnding && words.Count > 2 && Singular(stem).EndsWith(table, StringComparison.Ordinal)) return 0.8;
        return hasEnding && NameWords.Split(referencedTable) is [_, .., var last] && Singular(stem) == Singular(last) ? 0.7 : 0;
    }

    public static string Singular(string word) => word switch
    {
        [.., 'i', 'e', 's'] when word.Length > 4 => $"{word[..^3]}y",
        [.., 's', 's', 'e', 's'] or [.., 'x', 'e', 's'] or [.., 'c', 'h', 'e', 's'] or [.., 's', 'h', 'e', 's'] => word[..^2],
        [.., 's', 's'] or [.., 'u', 's'] or [.., 'i', 's'] => word,
        [.., 's'] when word.Length > 2 => word[..^1],
        _ => word,
    };

    private static bool IsSameEnding(string left, string right) => left == right || (IsNumberOf(left) && IsNumberOf(right)) || (IsIdOf(left) && IsIdOf(right));

    private static bool IsNumberOf(string ending) => ending is "no" or "nr" or "num" or "number";

    private static bool IsIdOf(string ending) => ending is "id" or "key" or "pk" or "fk" or "ref" or "uuid" or "guid";
}
