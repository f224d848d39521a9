using System.Text.RegularExpressions;

namespace Sluice.Tests.Docs;

/// <summary>The regions of compiled code, <c>// snippet: name</c> to <c>// end</c>, that the docs show.</summary>
internal static partial class SnippetRegions
{
    public static IReadOnlyDictionary<string, string> Read(string folder)
    {
        var regions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            foreach (Match region in Region().Matches(File.ReadAllText(file)))
                regions.Add(region.Groups["name"].Value, Unindent(region.Groups["code"].Value));
        }

        return regions;
    }

    private static string Unindent(string code)
    {
        var lines = code.TrimEnd().Split('\n');
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart(' ').Length);
        return string.Join('\n', lines.Select(line => line.Length > 0 ? line[indent..] : line));
    }

    [GeneratedRegex(@"^[ ]*// snippet: (?<name>[a-z0-9-]+)\n(?<code>.*?)^[ ]*// end\n", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Region();
}
