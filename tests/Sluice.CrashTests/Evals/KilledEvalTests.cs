using System.Text.Json;
using Sluice.CrashTests.Children;
using Sluice.CrashTests.Kills;

namespace Sluice.CrashTests.Evals;

/// <summary>A process that is killed while it runs an eval, and others that go on with it.</summary>
[Collection(ChildrenCollection.Name)]
public sealed class KilledEvalTests : IDisposable
{
    private const int Planned = EvalProgram.Cases * EvalProgram.SamplesPerCase;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Eval_ThatIsKilledAgainAndAgain_GoesOn_AndRunsNoFinishedSampleTwice()
    {
        var folder = _folder.CreateFolder();
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var until in (int[])[1, 40, 90]) await RunAsync(folder, kept, until);

        using var last = ChildProcess.Start(EvalProgram.Verb, folder);
        var (lines, isKilled) = await last.ReadToEndAsync();

        isKilled.ShouldBeFalse();
        SamplesIn(lines, EvalProgram.Began).Intersect(kept).ShouldBeEmpty();
        kept.Count.ShouldBeLessThan(Planned);
        var artifact = await EvalArtifact.ReadAsync(folder, Token);
        artifact.Summary.Verdict.ShouldBe(EvalVerdict.Passed);
        artifact.Summary.Totals.ShouldSatisfyAllConditions(totals => totals.Planned.ShouldBe(Planned), totals => totals.Passed.ShouldBe(Planned));
        artifact.Cases.ShouldAllBe(result => result.Samples.Select(sample => sample.Sample).SequenceEqual(Enumerable.Range(1, EvalProgram.SamplesPerCase)));
    }

    [Fact]
    public async Task Eval_ThatAnotherProcessRuns_IsRefused()
    {
        var folder = _folder.CreateFolder();
        using var first = ChildProcess.Start(EvalProgram.Verb, folder);
        (await first.ReadLineAsync()).ShouldNotBeNull().ShouldStartWith(EvalProgram.Began);
        Signal.Send(first.Id, Signal.Stop);

        using var second = ChildProcess.Start(EvalProgram.Verb, folder);
        (await second.ReadToEndAsync()).Lines.ShouldBe([ErrorCodes.StoreBusy]);

        Signal.Send(first.Id, Signal.Continue);
        (await first.ReadToEndAsync()).Lines.Count(line => line.StartsWith(EvalProgram.Kept, StringComparison.Ordinal)).ShouldBe(Planned);
    }

    /// <summary>Runs the eval until it has told of so many samples, kills it, and adds those that it has kept.</summary>
    private static async Task RunAsync(string folder, HashSet<string> kept, int until)
    {
        using var child = ChildProcess.Start(EvalProgram.Verb, folder, EvalProgram.Stepwise);
        var lines = new List<string>();
        for (var count = 0; count < until;)
        {
            lines.Add((await child.ReadLineAsync()).ShouldNotBeNull());
            if (!lines[^1].StartsWith(EvalProgram.Kept, StringComparison.Ordinal)) continue;
            if (++count < until) await child.WriteLineAsync("go on");
        }

        child.Kill();
        (await child.ReadToEndAsync()).IsKilled.ShouldBeTrue();
        SamplesIn(lines, EvalProgram.Began).Intersect(kept).ShouldBeEmpty();
        kept.UnionWith(await KeptInAsync(folder));
        SamplesIn(lines, EvalProgram.Kept).ShouldBeSubsetOf(kept);
    }

    /// <summary>The samples of the whole lines of the folder's file.</summary>
    private static async Task<IEnumerable<string>> KeptInAsync(string folder)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(folder, "samples.ndjson"), Token);
        return text.Split('\n')[1..^1].Select(line => JsonElement.Parse(line))
            .Select(result => $"{result.GetProperty("caseId").GetString()}/{result.GetProperty("sample").GetInt32()}");
    }

    private static List<string> SamplesIn(IEnumerable<string> lines, string verb) =>
        [.. lines.Where(line => line.StartsWith($"{verb} ", StringComparison.Ordinal)).Select(line => line[(verb.Length + 1)..])];
}
