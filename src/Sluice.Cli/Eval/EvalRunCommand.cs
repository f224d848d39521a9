using System.CommandLine;
using Sluice.Cli.Apps;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Eval;

/// <summary><c>sluice eval run</c>: runs the cases of a dataset on an app, and says what came of it.</summary>
internal sealed class EvalRunCommand : SluiceCommand
{
    private readonly Argument<string> _file = new("dataset") { Description = "The dataset (.yaml, .yml, .json).", HelpName = "FILE" };
    private readonly Option<string?> _app = new("--app")
    {
        Description = "What is tested: a project, a folder with one, or an assembly, with ':Type.Member' where one of several apps is meant. Default: what the dataset says.",
        HelpName = "APP",
    };

    private readonly Option<string?> _interpreter = new("--interpreter")
    {
        Description = "Who answers. Default: scripted where every chosen case has a script, else live.",
        HelpName = EvalInterpreter.Forms,
    };

    private readonly CaseSelection _selection = new();
    private readonly ConfigOptions _config = new();
    private readonly EvalFolderOptions _folder = new();
    private readonly ReportOptions _reports = new();
    private string? _goOn;

    public EvalRunCommand(Shell shell)
        : base(
            shell, "run", "Runs the cases of a dataset on an app, and ends with 0 when every case passed, 3 when one did not, 4 when it cannot be told.",
            "sluice eval run evals/planner.yaml --app MyAgents.csproj",
            "sluice eval run evals/planner.yaml --skip-tag slow --junit results.xml --html results.html",
            "sluice eval run evals/planner.yaml --interpreter live --samples 5 --judge-model gpt-5",
            "sluice eval run evals/planner.yaml --resume --out .sluice/evals/planner/20260630-101500-a1b2c3")
    {
        Arguments.Add(_file);
        foreach (var option in (IEnumerable<Option>)[_app, _interpreter, .. _selection.All, .. _config.All, .. _folder.All, .. _reports.All]) Options.Add(option);
    }

    public override string? AfterInterruption => _goOn;

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var file = invocation.Get(_file)!;
        var dataset = _selection.Choose(invocation, await EvalDataset.ReadAsync(file, cancellationToken));
        var config = _config.Apply(invocation, dataset.Config ?? new());
        var interpreter = EvalInterpreter.Choose(invocation.Get(_interpreter), dataset);
        var folder = _folder.Choose(invocation, dataset, TimeProvider.System);
        _reports.RequireFolders(invocation);
        Announce(invocation, dataset, config, interpreter);

        var loaded = await new AppLoader(invocation.Terminal).LoadAsync(AppOf(invocation, dataset, file), cancellationToken);
        await using var app = await loaded.App.OpenAsync(new() { Interpreter = interpreter.Interpreter }, cancellationToken);
        var request = new EvalRequest
        {
            Dataset = dataset,
            Config = config,
            ArtifactFolder = folder,
            Subjects = app.SubjectsFor(dataset),
            UseScripts = interpreter.UsesScripts,
        };
        var path = await FollowAsync(invocation, app.Runtime, request, cancellationToken);
        var artifact = await EvalArtifact.ReadAsync(path, cancellationToken);
        await ArtifactOutput.WriteAsync(invocation, artifact, Path.Combine(folder, Path.GetFileName(path)), cancellationToken);
        await _reports.WriteAsync(invocation, artifact, cancellationToken);
        return EvalCommand.ExitCodeOf(artifact.Summary.Verdict);
    }

    /// <summary>Runs it to its end and gives the path of the artifact.</summary>
    private async Task<string> FollowAsync(Invocation invocation, IAgentRuntime runtime, EvalRequest request, CancellationToken cancellationToken)
    {
        _goOn = $"samples that ended are kept; the same command with '--resume --out {request.ArtifactFolder}' goes on";
        var output = new EventOutput<EvalEnvelope>(invocation, EvalProgress.Describe) { ListsEvents = false };

        // The eval itself tells that it was stopped, after what ended is kept.
        var last = await output.RunAsync(runtime.StreamEvalAsync(request, cancellationToken), CancellationToken.None);
        switch (last.Data)
        {
            case EvalCompletedData { ArtifactPath: { } path }: return path;
            case EvalFailedData when cancellationToken.IsCancellationRequested: throw new OperationCanceledException(cancellationToken);
            case EvalFailedData { Error: var error }: throw new SluiceException(error.Code, $"{error.Message} To go on, add '--resume --out {request.ArtifactFolder}'.");
            default: throw new SluiceException(ErrorCodes.Internal, "The eval ended without a word of what came of it.");
        }
    }

    private string AppOf(Invocation invocation, EvalDataset dataset, string file)
    {
        if (invocation.Get(_app) is { } given) return given;
        if (dataset.App is { } own) return Path.Combine(Path.GetDirectoryName(file) ?? "", own);
        throw new WrongUseException($"Which app is to be tested? '{dataset.Name}' does not say.", "add --app with its project, or 'app:' to the dataset");
    }

    private static void Announce(Invocation invocation, EvalDataset dataset, EvalConfig config, EvalInterpreter interpreter)
    {
        if (invocation.Format != OutputFormat.Text) return;
        var text = $"{dataset.Name}: {Figures.Count(dataset.Cases.Count, "case")}, {Figures.Count(config.SamplesPerCase, "sample")} each; {interpreter.Description}.";
        invocation.Terminal.Error.WriteLine(VisibleText.OfLine(text));
    }
}
