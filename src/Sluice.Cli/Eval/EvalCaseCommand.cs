using System.CommandLine;
using Sluice.Cli.Apps;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Eval;

/// <summary><c>sluice eval case</c>: makes a case of a run that an app has kept.</summary>
internal sealed class EvalCaseCommand : SluiceCommand
{
    private readonly Argument<string> _run = new("run") { Description = "The run.", HelpName = "RUN" };
    private readonly Option<string> _app = new("--app")
    {
        Description = "The app that has kept the run: a project, a folder with one, or an assembly, with ':Type.Member' where one of several apps is meant.",
        HelpName = "APP",
        Required = true,
    };

    private readonly Option<string?> _id = new("--id") { Description = "The id of the case. Default: that of the run.", HelpName = "ID" };

    public EvalCaseCommand(Shell shell)
        : base(
            shell, "case", "Makes a dataset with one case of a run that ended: what was asked becomes the input, and what was done what is expected.",
            "sluice eval case run-01a21ee943f8764681ddc5260bfd83d4 --app MyAgents.csproj > evals/june.json",
            "sluice eval case run-01a21ee943f8764681ddc5260bfd83d4 --app MyAgents.csproj --id june-clearance > evals/june.json")
    {
        Arguments.Add(_run);
        Options.Add(_app);
        Options.Add(_id);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var loaded = await new AppLoader(invocation.Terminal).LoadAsync(invocation.Get(_app)!, cancellationToken);
        await using var app = await loaded.App.OpenAsync(cancellationToken: cancellationToken);
        var testCase = await app.Runtime.CreateTestCaseAsync(invocation.Get(_run)!, invocation.Get(_id), cancellationToken);
        invocation.Terminal.Out.WriteLine(new EvalDataset { Name = testCase.Id, Cases = [testCase] }.ToJson());
        return ExitCode.Done;
    }
}
