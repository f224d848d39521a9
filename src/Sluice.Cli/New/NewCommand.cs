using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.New;

/// <summary><c>sluice new</c>: writes a starter project.</summary>
internal sealed class NewCommand : SluiceCommand
{
    private readonly Argument<string> _name = new("name")
    {
        Description = "What it is called: letters, digits and _, and between them -, . and spaces.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _out = new("--out") { Description = "The folder that it is written to. Default: a new one of its name.", HelpName = "DIR" };
    private readonly Option<bool> _force = new("--force") { Description = "Write into a folder that is not empty, and over files of the same names." };

    public NewCommand(Shell shell)
        : base(
            shell, "new", "Writes a starter project: an agent with a gated tool, its test and its eval. It runs offline.",
            "sluice new demo",
            "sluice new Acme.Stock --out services/stock")
    {
        Arguments.Add(_name);
        Options.Add(_out);
        Options.Add(_force);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var project = new StarterProject(ProjectName.Parse(invocation.Get(_name)!));
        var folder = invocation.Get(_out) ?? project.Name.Text;
        if (!invocation.Get(_force)) RequireEmpty(folder);
        var files = await project.WriteAsync(folder, cancellationToken);
        RecordOutput.WriteOne(invocation, new { project = project.Name.Text, folder, files }, _ => $"{folder}: {files.Count} files.");
        invocation.Terminal.Error.WriteLine($"hint: cd {CommandText.Quote(folder)} && dotnet test && dotnet run");
        return ExitCode.Done;
    }

    /// <summary>A repository that nothing is in yet is as good as nothing.</summary>
    private static void RequireEmpty(string folder)
    {
        if (!Directory.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).All(path => Path.GetFileName(path) == ".git")) return;
        throw new WrongUseException($"The folder '{folder}' is not empty.", "choose another with --out, or add --force to write over files of the same names");
    }
}
