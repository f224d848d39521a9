using System.Text;

namespace Sluice.Data.Knowledge.Extracting;

/// <summary>Finds quotes in a text, whichever white space is between their words.</summary>
internal sealed class QuoteFinder
{
    private readonly string _text;
    private readonly string _words;
    private readonly int[] _places;

    public QuoteFinder(string text)
    {
        _text = text;
        (_words, _places) = Collapse(text);
    }

    /// <summary>Where a quote stands; null when it does not.</summary>
    public (int Offset, int Length)? Find(string quote)
    {
        var wanted = Collapse(quote).Words.Trim();
        var found = wanted.Length == 0 ? -1 : _words.IndexOf(wanted, StringComparison.Ordinal);
        if (found < 0) return null;
        var (start, last) = (_places[found], _places[found + wanted.Length - 1]);
        return (start, last + 1 - start);
    }

    /// <summary>The text as it stands at a place.</summary>
    public string Take((int Offset, int Length) place) => _text.Substring(place.Offset, place.Length);

    /// <summary>A text with single spaces, and where each of its characters comes from.</summary>
    private static (string Words, int[] Places) Collapse(string text)
    {
        var (words, places) = (new StringBuilder(text.Length), new List<int>(text.Length));
        for (var i = 0; i < text.Length; i++)
        {
            var isSpace = char.IsWhiteSpace(text[i]);
            if (isSpace && words.Length > 0 && words[^1] == ' ') continue;
            words.Append(isSpace ? ' ' : text[i]);
            places.Add(i);
        }

        return (words.ToString(), [.. places]);
    }
}
