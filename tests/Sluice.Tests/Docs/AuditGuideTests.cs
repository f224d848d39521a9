using Sluice.Tests.Snippets;

namespace Sluice.Tests.Docs;

public sealed class AuditGuideTests
{
    [Fact]
    public async Task CodeOfThePage_OnARealRun_DoesWhatThePageSays()
    {
        var tool = Define.Tool<Note, string>("note", "Notes a text.", (args, _) => Task.FromResult(args.Text), effect: ToolEffect.ReadOnly);
        var spec = Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist("solo", "model", "You note.", tools: [tool])]);
        await using var runtime = SluiceRuntime.Create(spec, new() { Interpreter = Interpreter.Scripted });
        var calls = Enumerable.Range(1, 6).Select(n => Script.Call("note", new { text = $"{n}" }));
        var run = await runtime.StartAsync(new() { Prompt = Script.Of(calls) });
        await run.Completion;
        using var console = new StringWriter();

        await AuditGuide.VerifyAsync(runtime, run.RunId, console);
        console.ToString().ShouldBeEmpty();
        await AuditGuide.TellAsync(runtime, run.RunId, console);
        console.ToString().ShouldContain("called 'note' with {\"text\":\"6\"}");
        (await (await AuditGuide.ForkAsync(runtime, run.RunId)).Completion).ShouldBeOfType<FinishEvent>();
        (await AuditGuide.PruneAsync(runtime)).ShouldBe(new());
    }

    private sealed record Note(string Text);
}
