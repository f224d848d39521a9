using System.Text;

namespace Sluice.Mcp.Consuming;

/// <summary>Text that a server wrote, fit to be shown.</summary>
internal static class ServerText
{
    /// <summary>One line without control characters, shortened.</summary>
    public static string Line(string text, int maxLength) => Clean(text, maxLength, keepsLines: false);

    /// <summary>Text of several lines, without other control characters, shortened.</summary>
    public static string Lines(string text, int maxLength) => Clean(text, maxLength, keepsLines: true);

    private static string Clean(string text, int maxLength, bool keepsLines)
    {
        var clean = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > maxLength) return clean.Append('…').ToString();
            var isKept = !Rune.IsControl(rune) || (keepsLines && rune.Value is '\n' or '\t');
            if (isKept) clean.Append(rune.ToString());
            else if (rune.Value != '\r') clean.Append(' ');
        }

        return clean.ToString().Trim();
    }
}
