using Sluice.Journal;
using Sluice.Runtime.Audit;

namespace Sluice.Runtime.Tests.Audit;

public sealed class AccountTests
{
    [Fact]
    public async Task Account_OfTheMainJob_SaysWhoProposedApprovedAndDidWhat()
    {
        await using var job = await RecordedJob.RunAsync();

        var text = (await job.Runtime.AuditAsync(RecordedJob.RunId)).ToText();

        (await job.Runtime.AuditAsync(RecordedJob.RunId)).ToText().ShouldBe(text);
        GoldenFile.Compare("main-job.txt", text);
    }

    [Fact]
    public async Task Account_ClaimWithoutOutcome_SaysThatItIsUnknown()
    {
        await using var job = await RecordedJob.RunAsync();
        var entries = await job.Runtime.JournalAsync(RecordedJob.RunId).ToListAsync();
        var account = new RunAccount([]);
        foreach (var entry in entries) account.Add(new(entry, entry.ReadData()));

        var doubts = account.Lines.Where(line => line.IsInDoubt).ToList();

        doubts.Select(line => line.Kind).ShouldBe([JournalEntryKind.ActionStarted, JournalEntryKind.ToolStarted]);
        doubts.ShouldAllBe(line => line.What.EndsWith("unknown whether it happened"));
        (await job.Runtime.AuditAsync(RecordedJob.RunId)).Lines.ShouldAllBe(line => !line.IsInDoubt);
    }

    [Fact]
    public async Task Account_TextThatWouldMoveTheCursor_IsMadePlain()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Sample.Echo));
        var run = await runtime.StartAsync(new() { Prompt = Script.Of(Script.Text("fine\u001b[2J\r\nroot approved\u202eeverything")) });
        await run.Completion;

        var text = (await runtime.AuditAsync(run.RunId)).ToText();

        text.ShouldContain("fine [2J root approved everything");
        text.ShouldAllBe(character => character == '\n' || !char.IsControl(character));
    }

    [Fact]
    public async Task Account_ValueBehindAReference_IsNotShown()
    {
        await using var runtime = Sample.Scripted(Define.Runtime(
            Sample.Tenant, [Define.Specialist("solo", "m", "p", toolkits: ["references"])], references: [Jobs.Shop.Products]));
        var stored = await runtime.CreateReferenceAsync(Jobs.Shop.Products, new(["secret-boot"]));
        var run = await runtime.StartAsync(new()
        {
            Prompt = Script.Of(Script.Call("resolve_ref", new { stored.Kind, stored.Id }), Script.Call("glimpse_ref", new { stored.Kind, stored.Id })),
        });
        await run.Completion;

        var text = (await runtime.AuditAsync(run.RunId)).ToText();

        text.ShouldContain("bytes of a stored value");
        text.ShouldNotContain("secret-boot");
    }

    [Fact]
    public async Task Account_UnknownRun_IsAnError()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Sample.Echo));

        (await Should.ThrowAsync<SluiceException>(() => runtime.AuditAsync("no-run"))).Code.ShouldBe(ErrorCodes.RunNotFound);
        (await Should.ThrowAsync<SluiceException>(() => runtime.VerifyAsync("no-run"))).Code.ShouldBe(ErrorCodes.RunNotFound);
    }

    [Fact]
    public async Task VerifyAll_ManyRuns_ChecksEach()
    {
        await using var runtime = Sample.Scripted(Sample.Agent(Sample.Echo));
        for (var run = 0; run < 205; run++) await runtime.RunAsync(Script.Of(Script.Text("x")));

        var reports = await runtime.VerifyAllAsync().ToListAsync();

        reports.Select(report => report.RunId).Distinct().Count().ShouldBe(205);
        reports.ShouldAllBe(report => report.IsIntact);
    }
}
