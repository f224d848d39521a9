using System.CommandLine;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Eval;

/// <summary><c>sluice eval report</c>: reports of an artifact that is there.</summary>
internal sealed class EvalReportCommand : SluiceCommand
{
    private readonly Argument<string> _artifact = new("artifact") { Description = "The artifact, or the folder that it is in.", HelpName = "ARTIFACT" };
    private readonly ReportOptions _reports = new();

    public EvalReportCommand(Shell shell)
        : base(
            shell, "report", "Writes reports of an eval. Without a file for one, shows what the eval came to.",
            "sluice eval report .sluice/evals/planner/20260630-101500-a1b2c3",
            "sluice eval report artifact.json --html results.html --junit results.xml --markdown results.md")
    {
        Arguments.Add(_artifact);
        foreach (var option in _reports.All) Options.Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var path = invocation.Get(_artifact)!;
        _reports.RequireFolders(invocation);
        var artifact = await EvalArtifact.ReadAsync(path, cancellationToken);
        if (_reports.IsAnyWanted(invocation)) await _reports.WriteAsync(invocation, artifact, cancellationToken);
        else await ArtifactOutput.WriteAsync(invocation, artifact, ArtifactOutput.FileOf(path), cancellationToken);
        return ExitCode.Done;
    }
}
