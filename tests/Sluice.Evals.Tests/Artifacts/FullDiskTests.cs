using Sluice.Evals.Tests.Running;

namespace Sluice.Evals.Tests.Artifacts;

public sealed class FullDiskTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Eval_WhoseDiskIsFull_EndsWithFailed_AndGoesOnWhenThereIsSpace()
    {
        using var disk = new SmallDisk(kilobytes: 128);
        await using var runtime = new Desk().Open();
        var request = Desk.Request([Desk.Case("wordy", [Desk.Call("look", new string('x', 5_000))], "look")], Desk.Config(40, 4), disk.Root);

        var envelopes = await runtime.StreamEvalAsync(request, Token).ToListAsync(Token);

        envelopes[^1].Data.ShouldBeOfType<EvalFailedData>().Error.Code.ShouldBe(ErrorCodes.StoreFull);
        var kept = await File.ReadAllLinesAsync(Path.Combine(disk.Root, "samples.ndjson"), Token);
        kept.Length.ShouldBeInRange(3, 40);
        kept[^1].ShouldEndWith("}");

        disk.Grow(kilobytes: 4096);
        var rest = await runtime.StreamEvalAsync(request, Token).ToListAsync(Token);

        rest[0].Data.ShouldBeOfType<EvalStartedData>().AlreadyDone.ShouldBe(kept.Length - 1);
        rest[^1].Data.ShouldBeOfType<EvalCompletedData>().Summary.Totals.Passed.ShouldBe(40);
    }

    [Fact]
    public async Task Artifact_ForWhichThereIsNoSpace_IsNotLeftHalfWritten()
    {
        using var disk = new SmallDisk(kilobytes: 64);
        await using var runtime = new Desk().Open();
        var request = Desk.Request([Desk.Case("wordy", [Desk.Call("look", new string('x', 9_000))], "look")], Desk.Config(1), disk.Root);

        var envelopes = await runtime.StreamEvalAsync(request, Token).ToListAsync(Token);

        envelopes.Count(envelope => envelope.Data is EvalSampleCompletedData).ShouldBe(1);
        envelopes[^1].Data.ShouldBeOfType<EvalFailedData>().Error.Code.ShouldBe(ErrorCodes.StoreFull);
        Directory.EnumerateFiles(disk.Root).Select(Path.GetFileName).ShouldBe(["samples.ndjson"]);
    }

    [Fact]
    public async Task Folder_ThatIsAFile_IsRefusedBeforeAnythingRuns()
    {
        using var folder = new TemporaryFolder();
        await using var runtime = new Desk().Open();
        var request = Desk.Request([Desk.Case("look", [Desk.Call("look")], "look")], folder: folder.Write("taken", "text"));

        (await Should.ThrowAsync<SluiceException>(runtime.RunEvalAsync(request, Token))).Code.ShouldBe(ErrorCodes.StoreUnavailable);

        (await runtime.ListRunsAsync(cancellationToken: Token)).ShouldBeEmpty();
    }
}
