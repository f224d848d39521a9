using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Eval;

/// <summary>The options that say which reports of an artifact are written, and where.</summary>
internal sealed class ReportOptions
{
    private readonly (Option<string?> Option, Func<EvalArtifact, Stream, CancellationToken, Task> Write)[] _reports =
    [
        (Create("--junit", "JUnit XML, which CI systems show as test results."), EvalReport.WriteJUnitAsync),
        (Create("--html", "A page to look into every sample. One file that loads nothing from anywhere."), EvalReport.WriteHtmlAsync),
        (Create("--markdown", "A summary in Markdown, such as for a pull request."), EvalReport.WriteMarkdownAsync),
    ];

    public IEnumerable<Option> All => _reports.Select(report => report.Option);

    /// <summary>Whether there is one to write.</summary>
    public bool IsAnyWanted(Invocation invocation) => Array.Exists(_reports, report => invocation.Get(report.Option) is not null);

    /// <summary>Checks that files can be put where they are to be, before hours are spent on what they tell.</summary>
    /// <exception cref="WrongUseException">A folder is missing.</exception>
    public void RequireFolders(Invocation invocation)
    {
        foreach (var (option, _) in _reports)
        {
            if (invocation.Get(option) is { } path && Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
                throw new WrongUseException($"{option.Name}: There is no folder '{folder}'.", "make it first, or choose another file");
        }
    }

    /// <summary>Writes the reports that are wanted, and says where they are.</summary>
    public async Task WriteAsync(Invocation invocation, EvalArtifact artifact, CancellationToken cancellationToken)
    {
        foreach (var (option, write) in _reports)
        {
            if (invocation.Get(option) is not { } path) continue;
            await WholeFile.WriteAsync(path, async stream =>
            {
                await write(artifact, stream, cancellationToken);
                return true;
            });
            invocation.Terminal.Error.WriteLine(VisibleText.OfLine($"Wrote {path}"));
        }
    }

    private static Option<string?> Create(string name, string description) => new(name) { Description = description, HelpName = "FILE" };
}
