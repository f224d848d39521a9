using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Eval;

/// <summary><c>sluice eval compare</c>: what changed from one eval to a later one.</summary>
internal sealed class EvalCompareCommand : SluiceCommand
{
    private readonly Argument<string> _baseline = new("baseline") { Description = "The artifact of the earlier eval, or its folder.", HelpName = "BASELINE" };
    private readonly Argument<string> _candidate = new("candidate") { Description = "The artifact of the later eval, or its folder.", HelpName = "CANDIDATE" };
    private readonly Option<bool> _failOnRegression = new("--fail-on-regression")
    {
        Description = "Whether a regression ends with exit code 3, and evals that cannot be compared with 4. Default: true.",
        HelpName = "true|false",
        DefaultValueFactory = _ => true,
    };

    private readonly Option<string?> _markdown = new("--markdown") { Description = "The comparison in Markdown, such as for a pull request.", HelpName = "FILE" };

    public EvalCompareCommand(Shell shell)
        : base(
            shell, "compare", "Says which cases got better and worse, and whether scores differ on the whole by more than chance. Ends with 3 on a regression.",
            "sluice eval compare baseline/artifact.json .sluice/evals/planner/20260630-101500-a1b2c3",
            "sluice eval compare baseline/artifact.json candidate/artifact.json --markdown comparison.md --fail-on-regression=false")
    {
        Arguments.Add(_baseline);
        Arguments.Add(_candidate);
        Options.Add(_failOnRegression);
        Options.Add(_markdown);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var baseline = await EvalArtifact.ReadAsync(invocation.Get(_baseline)!, cancellationToken);
        var candidate = await EvalArtifact.ReadAsync(invocation.Get(_candidate)!, cancellationToken);
        var comparison = EvalComparer.Compare(baseline, candidate);
        if (invocation.Get(_markdown) is { } path)
        {
            await WholeFile.WriteAsync(path, async stream =>
            {
                await EvalReport.WriteMarkdownAsync(comparison, stream, cancellationToken);
                return true;
            });
            invocation.Terminal.Error.WriteLine(VisibleText.OfLine($"Wrote {path}"));
        }

        ComparisonOutput.Write(invocation, comparison);
        return invocation.Get(_failOnRegression) ? ExitCodeOf(comparison) : ExitCode.Done;
    }

    private static ExitCode ExitCodeOf(EvalComparison comparison)
    {
        if (comparison.HasRegression) return ExitCode.ChecksFailed;
        // Without all scores nobody can say that nothing got worse.
        return comparison.Baseline.Summary.Verdict == EvalVerdict.FailedInfrastructure || comparison.Candidate.Summary.Verdict == EvalVerdict.FailedInfrastructure
            ? ExitCode.InfrastructureFailed
            : ExitCode.Done;
    }
}
