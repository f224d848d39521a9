namespace Sluice.Cli.Tests.Eval;

/// <summary>A folder with a dataset about <see cref="ClerkApp"/>, and evals of it.</summary>
internal sealed class EvalDesk : IDisposable
{
    private const string Text = """
        name: clerk
        config: { mode: specialist, samplesPerCase: 2, concurrency: 1 }
        cases:
          - id: tea
            input: How much tea is left?
            tags: [stock, quick]
            expectedTrajectory: [look_up]
            finalResponse: { scorers: [{ type: contains, id: units, text: "3" }] }
            script: { script: [{ tool: look_up, args: { article: tea } }, { text: 3 packets are left. }] }
          - id: caviar
            input: How much caviar is left?
            tags: [stock]
            expectedTrajectory: [look_up]
            finalResponse: { scorers: [{ type: contains, id: units, text: "6" }] }
            script: { script: [{ tool: look_up, args: { article: caviar } }, { text: 6 tins are left. }] }
          - id: order
            input: Order 5 packets of tea.
            tags: [order]
            expectedTrajectory: [{ name: order, arguments: { article: tea, units: 5 } }]
            finalResponse: { scorers: [{ type: regex, id: done, pattern: ordered, required: true }] }
            script: { script: [{ tool: order, args: { article: tea, units: 5 } }, { text: 5 packets are ordered. }] }
        """;

    private readonly CommandDesk _desk = new();

    public EvalDesk() => Dataset = _desk.Write("clerk.yaml", Text);

    public string Folder => _desk.Folder;

    /// <summary>The path of a dataset with three cases that pass.</summary>
    public string Dataset { get; }

    public string PathOf(string name) => _desk.PathOf(name);

    /// <summary>A copy of the dataset with another text in the place of one.</summary>
    public string Write(string name, string text, string instead)
    {
        Text.ShouldContain(text);
        return _desk.Write(name, Text.Replace(text, instead, StringComparison.Ordinal));
    }

    public string WriteText(string name, string text) => _desk.Write(name, text);

    public Task<CommandResult> RunAsync(params IReadOnlyList<string> arguments) => _desk.RunAsync(["eval", .. arguments]);

    /// <summary>Runs an eval into a folder of the desk.</summary>
    public Task<CommandResult> RunEvalAsync(string dataset, string folder, params IReadOnlyList<string> arguments) =>
        RunAsync(["run", dataset, "--out", PathOf(folder), .. arguments.Contains("--app") ? arguments : ["--app", ClerkApp.PathOf(nameof(ClerkApp.App)), .. arguments]]);

    /// <summary>Runs an eval and gives the path of its artifact.</summary>
    public async Task<string> ArtifactOfAsync(string dataset, string folder, params IReadOnlyList<string> arguments)
    {
        var result = await RunEvalAsync(dataset, folder, arguments);
        File.Exists(PathOf($"{folder}/artifact.json")).ShouldBeTrue(result.Error);
        return PathOf($"{folder}/artifact.json");
    }

    public void Dispose() => _desk.Dispose();
}
