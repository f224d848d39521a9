using System.Globalization;
using System.Text;
using System.Xml;

namespace Sluice.Evals.Reports.JUnit;

/// <summary>Text that XML can hold: models write characters that it cannot.</summary>
internal static class XmlText
{
    /// <summary>The text with every character that XML does not allow as an escape, such as <c>\u0007</c>.</summary>
    public static string Of(string text)
    {
        var start = 0;
        StringBuilder? safe = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) continue;
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                i++;
                continue;
            }

            safe ??= new();
            safe.Append(text, start, i - start).Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            start = i + 1;
        }

        return safe is null ? text : safe.Append(text, start, text.Length - start).ToString();
    }
}
