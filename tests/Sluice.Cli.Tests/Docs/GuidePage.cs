using System.Runtime.CompilerServices;

namespace Sluice.Cli.Tests.Docs;

/// <summary>A page of the documentation, and the command lines in it that are to be run.</summary>
internal sealed class GuidePage
{
    private const string Indent = "    ";

    private readonly List<string> _commands;

    private GuidePage(string text)
    {
        Text = text;
        var lines = text.Replace("\\\n", "", StringComparison.Ordinal).Split('\n');
        _commands = [.. lines.Where(line => line.StartsWith($"{Indent}sluice ", StringComparison.Ordinal)).Select(line => line[(Indent.Length + "sluice ".Length)..])];
    }

    public string Text { get; }

    /// <summary>The command lines that were not taken.</summary>
    public IReadOnlyList<string> Left => _commands;

    public static GuidePage Read(string path) => new(File.ReadAllText(Path.Combine(Repository(), path)));

    /// <summary>The first block of code in a language.</summary>
    public string Code(string language) => Text.Split($"```{language}\n")[1].Split("```")[0];

    /// <summary>Takes the first command line, without the program's name, that begins so.</summary>
    public string Take(string beginning)
    {
        var command = _commands.Find(line => line.StartsWith(beginning, StringComparison.Ordinal));
        command.ShouldNotBeNull($"The page has no line 'sluice {beginning}…' any more. It has: {string.Join(" | ", _commands)}");
        _commands.Remove(command);
        return command;
    }

    private static string Repository([CallerFilePath] string path = "")
    {
        var folder = Path.GetDirectoryName(path)!;
        while (!File.Exists(Path.Combine(folder, "Sluice.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
