using System.Globalization;

namespace Sluice.Cli.Output;

/// <summary>Numbers of things as they are told to people.</summary>
internal static class Count
{
    /// <summary>So many of a thing: <c>1 run</c>, <c>2 runs</c>.</summary>
    /// <param name="number">How many.</param>
    /// <param name="thing">What one of them is called. Several get an s at the end, or are called <paramref name="things"/>.</param>
    /// <param name="things">What several are called where an s at the end is not enough; null: it is.</param>
    public static string Of(long number, string thing, string? things = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? thing : things ?? thing + "s")}");
}
