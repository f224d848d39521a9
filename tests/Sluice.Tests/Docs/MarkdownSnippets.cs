using System.Text.RegularExpressions;

namespace Sluice.Tests.Docs;

/// <summary>The C# blocks of a Markdown file. Each stands under <c>&lt;!-- snippet: name --&gt;</c>.</summary>
internal static partial class MarkdownSnippets
{
    /// <summary>The name above each C# block, or null for a block without one, and its code.</summary>
    public static IEnumerable<(string? Name, string Code)> Read(string markdown) => Block().Matches(markdown)
        .Select(block => (block.Groups["name"].Success ? block.Groups["name"].Value : null, block.Groups["code"].Value.TrimEnd('\n')));

    /// <summary>The text with the code of every known name in its block.</summary>
    public static string Fill(string markdown, IReadOnlyDictionary<string, string> regions) => Block().Replace(markdown, block =>
        regions.TryGetValue(block.Groups["name"].Value, out var code) ? $"<!-- snippet: {block.Groups["name"].Value} -->\n```csharp\n{code}\n```" : block.Value);

    [GeneratedRegex(@"(<!-- snippet: (?<name>[a-z0-9-]+) -->\n)?^```(csharp|cs|c#)[^\n]*\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Block();
}
