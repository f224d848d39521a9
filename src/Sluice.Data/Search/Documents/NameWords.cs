using System.Text;

namespace Sluice.Data.Search.Documents;

/// <summary>Takes names apart: <c>OrderItems</c>, <c>order_items</c>, <c>HTTPStatus2</c>.</summary>
internal static class NameWords
{
    /// <summary>The words of a name, in lower case and in order.</summary>
    public static List<string> Split(string name)
    {
        var words = new List<string>(4);
        var word = new StringBuilder();
        for (var index = 0; index < name.Length; index++)
        {
            if (IsBoundary(name, index)) Take(words, word);
            if (char.IsLetterOrDigit(name[index])) word.Append(Letters.Plain(name[index]));
        }

        Take(words, word);
        return words;
    }

    /// <summary>The words of a text with spaces between.</summary>
    public static string Normalize(string text) => string.Join(' ', Split(text));

    /// <summary>Whether a new word begins here: after what is no letter or digit, at a capital after a small letter, at the last capital of several, and between letters and digits.</summary>
    private static bool IsBoundary(string name, int index)
    {
        if (index == 0) return false;
        var (before, here) = (name[index - 1], name[index]);
        if (!char.IsLetterOrDigit(here) || !char.IsLetterOrDigit(before)) return true;
        if (char.IsDigit(here) != char.IsDigit(before)) return true;
        if (!char.IsUpper(here)) return false;
        return !char.IsUpper(before) || (index + 1 < name.Length && char.IsLower(name[index + 1]));
    }

    private static void Take(List<string> words, StringBuilder word)
    {
        if (word.Length > 0) words.Add(word.ToString());
        word.Clear();
    }
}
