namespace Sluice.CrashTests.Evals;

/// <summary>A child that runs an eval in a folder, and says what it begins and what it has kept.</summary>
internal static class EvalProgram
{
    public const string Verb = "eval";
    public const string Began = "began";
    public const string Kept = "kept";
    public const int Cases = 100;
    public const int SamplesPerCase = 10;

    /// <summary>As an argument: waits for a line after each sample that it has told of, so that whoever reads can stop it there.</summary>
    public const string Stepwise = "stepwise";

    /// <summary>Arguments: the folder, and how.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        await using var runtime = SluiceRuntime.Create(Spec(), new() { Interpreter = Interpreter.Scripted });
        try
        {
            await foreach (var envelope in runtime.StreamEvalAsync(Request(args[0])))
            {
                Tell(envelope.Data);
                if (envelope.Data is EvalSampleCompletedData && args[1..] is [Stepwise]) Console.ReadLine();
            }
        }
        catch (SluiceException refused)
        {
            Console.WriteLine(refused.Code);
        }

        return 0;
    }

    private static void Tell(EvalEventData data)
    {
        if (data is EvalSampleStartedData started) Console.WriteLine($"{Began} {started.CaseId}/{started.Sample}");
        if (data is EvalSampleCompletedData { Result: var result }) Console.WriteLine($"{Kept} {result.CaseId}/{result.Sample}");
        if (data is EvalFailedData failed) Console.WriteLine(failed.Error.Code);
    }

    private static EvalRequest Request(string folder) => new()
    {
        Dataset = new() { Name = "crash", Cases = [.. Enumerable.Range(0, Cases).Select(Case)] },
        Config = Define.EvalConfig(EvalMode.Specialist, samplesPerCase: SamplesPerCase, concurrency: 8),
        ArtifactFolder = folder,
        UseScripts = true,
    };

    private static TestCase Case(int index) => Define.TestCase(
        $"case-{index}", "Look.", expectedTrajectory: ["look"], script: Script.Of(Script.Call("look", new { name = $"item-{index}" }), Script.Text("Seen.")));

    private static RuntimeSpec Spec() => Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist("clerk", "model-c", "You look.", tools:
    [
        Define.Tool<Item>("look", "Looks.", (item, _) => Task.FromResult<object?>(new { seen = item.Name }), effect: ToolEffect.ReadOnly),
    ])]);

    private sealed record Item(string Name);
}
