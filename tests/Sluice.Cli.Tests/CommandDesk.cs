using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Tests;

/// <summary>A folder with a small shop in it, and the command line run on it in this process.</summary>
internal sealed class CommandDesk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-cli-");

    public CommandDesk() => Shop.Write(Database);

    public string Folder => _folder.FullName;

    /// <summary>The path of the shop's database.</summary>
    public string Database => PathOf("shop.db");

    /// <summary>The path of a catalog that nobody has made yet.</summary>
    public string Catalog => PathOf("catalog.db");

    public string PathOf(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public Task<CommandResult> RunAsync(params IReadOnlyList<string> arguments) => RunAsync("", arguments, default);

    /// <summary>Runs with something on standard input.</summary>
    public Task<CommandResult> RunWithInputAsync(string input, params IReadOnlyList<string> arguments) => RunAsync(input, arguments, default);

    /// <summary>Runs as if interrupted before it begins.</summary>
    public Task<CommandResult> RunInterruptedAsync(params IReadOnlyList<string> arguments) => RunAsync("", arguments, new(canceled: true));

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<CommandResult> RunAsync(string input, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var bytes = new MemoryStream();
        using var terminal = new Terminal(new StringReader(input), output, error)
        {
            InStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input)),
            OutStream = bytes,
        };
        var exitCode = (int)await new SluiceCommandLine(terminal).RunAsync(arguments, cancellationToken);
        return new(exitCode, output + System.Text.Encoding.UTF8.GetString(bytes.ToArray()), error.ToString());
    }
}
