using Sluice.Data.Knowledge;

namespace Sluice.Data.Tests.Knowledge;

/// <summary>Runs that break off at each of their writes, before and after it, and the run that follows.</summary>
public sealed class BrokenOffIngestionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_BrokenOffAtAnyWrite_LeavesNoEntryWithoutItsBody_AndTheNextRunMends(bool failsAfterwards)
    {
        await using var clean = await KnowledgeDesk.OpenAsync();
        await ChangeAsync(clean);
        clean.Stores.Reset();
        await clean.IngestAsync(removeMissing: true);
        clean.Stores.Log.ShouldBe(["set body", "upsert", "remove", "remove body", "set body", "upsert", "remove", "remove body"]);
        var expected = await StateAsync(clean);

        for (var failing = 1; failing <= clean.Stores.Log.Count; failing++)
        {
            await using var desk = await KnowledgeDesk.OpenAsync();
            await ChangeAsync(desk);
            desk.Stores.Reset();
            (desk.Stores.FailingWrite, desk.Stores.FailsAfterwards) = (failing, failsAfterwards);

            var error = await Should.ThrowAsync<SluiceException>(async () => await desk.IngestAsync(removeMissing: true));

            error.Code.ShouldBe(ErrorCodes.StoreUnavailable);
            var bodies = await desk.BodiesAsync();
            foreach (var entry in await desk.EntriesAsync())
            {
                var body = bodies.GetValueOrDefault($"document/{entry.Metadata.DocumentId}").ShouldNotBeNull();
                // A part points into the very text that it was made of.
                if (entry.Metadata.Extra.TryGetValue("offset", out var offset)) body[offset.GetInt32()..].ShouldStartWith(entry.Content);
            }

            desk.Stores.Reset();
            (await desk.IngestAsync(removeMissing: true))[^1].ShouldBeOfType<IngestionCompletedEvent>().Errors.ShouldBe(0);
            (await StateAsync(desk)).ShouldBe(expected);
        }
    }

    [Fact]
    public async Task Body_ThatWasLost_IsWrittenAgain()
    {
        await using var desk = await KnowledgeDesk.OpenAsync();
        desk.Write("returns.md", Texts.Returns);
        await desk.IngestAsync();
        await desk.Stores.RemoveAsync(KnowledgeDesk.Scope, (await desk.BodiesAsync()).Keys.Single(), default);

        (await desk.IngestAsync()).OfType<DocumentIngestedEvent>().Single().Path.ShouldBe("returns.md");

        (await desk.BodiesAsync()).Values.ShouldBe([Texts.Returns]);
    }

    /// <summary>A handbook that becomes shorter, and a document that goes.</summary>
    private static async Task ChangeAsync(KnowledgeDesk desk)
    {
        desk.Write("handbook.md", Texts.Handbook);
        desk.Write("old.md", "Old.");
        await desk.IngestAsync();
        desk.Write("handbook.md", Texts.Handbook[..4600]);
        desk.Write("new.md", Texts.Returns);
        desk.Delete("old.md");
    }

    private static async Task<string> StateAsync(KnowledgeDesk desk) => string.Join(
        '\n', (await desk.EntriesAsync()).Select(entry => $"{entry.Id} {entry.Content}").Concat((await desk.BodiesAsync()).Select(body => $"{body.Key} {body.Value}")));
}
