using System.Globalization;
using System.Text.RegularExpressions;

namespace Sluice.Postgres.Tests.TargetDatabase;

/// <summary>Reads the corpus: one statement a line behind its family, with <c>\n</c>, <c>\r</c>, <c>\0</c>, <c>\uXXXX</c> and <c>\\</c> for characters.</summary>
internal static partial class Statements
{
    public static IReadOnlyList<(string Family, string Sql)> Hostile { get; } = Read("hostile.txt");

    public static IReadOnlyList<(string Family, string Sql)> Bounded { get; } = Read("bounded.txt");

    public static IReadOnlyList<(string Family, string Sql)> Legitimate { get; } = Read("legitimate.txt");

    public static IReadOnlyList<(string Family, string Sql)> RowSecurity { get; } = Read("row_security.txt");

    public static string Text(string name)
    {
        using var stream = typeof(Statements).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static (string Family, string Sql)[] Read(string name) =>
        [.. Text(name).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(" | ", 2)).Select(parts => (parts[0], Unescape(parts[1])))];

    private static string Unescape(string text) => Escape().Replace(text, match => match.Value switch
    {
        "\\n" => "\n",
        "\\r" => "\r",
        "\\0" => "\0",
        "\\\\" => "\\",
        var unicode => ((char)int.Parse(unicode.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString(),
    });

    [GeneratedRegex(@"\\n|\\r|\\0|\\\\|\\u[0-9a-f]{4}", RegexOptions.NonBacktracking)]
    private static partial Regex Escape();
}
