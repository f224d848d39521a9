using System.Text;

namespace Sluice.Data.Profiling.Values;

/// <summary>What a text looks like: <c>A</c> for capitals, <c>a</c> for other letters, <c>9</c> for digits, anything else as it is.</summary>
internal static class ValueMask
{
    /// <summary>Longer texts are prose, whose masks tell nothing.</summary>
    public const int MostCharacters = 40;

    /// <summary>The mask; null for an empty or long text.</summary>
    public static string? Of(string text)
    {
        if (text.Length is 0 or > MostCharacters) return null;
        var mask = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsDigit(rune)) mask.Append('9');
            else if (Rune.IsUpper(rune)) mask.Append('A');
            else if (Rune.IsLetter(rune)) mask.Append('a');
            else mask.Append(rune.ToString());
        }

        return mask.ToString();
    }
}
