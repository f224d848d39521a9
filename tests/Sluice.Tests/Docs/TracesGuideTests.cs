using Sluice.Testing;
using Sluice.Tests.Snippets;

namespace Sluice.Tests.Docs;

public sealed class TracesGuideTests
{
    [Fact]
    public async Task CodeOfThePage_OnSamplesOfAnEval_DoesWhatThePageSays()
    {
        var time = new ManualTimeProvider();
        var tool = Define.Tool<Note, string>("note", "Notes a text.", (args, _) => Task.FromResult(args.Text), Approval.Always);
        var spec = Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist("solo", "model", "You note.", tools: [tool])]);
        await using var runtime = SluiceRuntime.Create(spec, new() { Interpreter = Interpreter.Scripted, TimeProvider = time });
        for (var sample = 1; sample <= 2; sample++)
        {
            var request = new RunRequest
            {
                Prompt = Script.Of(Script.Call("note", new { text = "x" })),
                EvalSample = new() { EvalRunId = "eval-1", TestCaseId = "notes", Sample = sample },
            };
            await foreach (var e in runtime.RunAsync(request))
            {
                if (e is not ApprovalRequiredEvent asked) continue;
                time.Advance(TimeSpan.FromSeconds(30));
                await runtime.RespondToApprovalAsync(asked.Id, ApprovalOutcome.Approve);
            }
        }

        using var console = new StringWriter { NewLine = "\n" };
        await TracesGuide.TellAsync(runtime, (await runtime.ListTracesAsync("eval-1"))[0].Id, console);
        console.ToString().ShouldBe("""
            InvokeAgent  solo       solo              30000 ms  Ok  
            Chat         solo       model                 0 ms  Ok  
            ExecuteTool  solo       note                  0 ms  Ok  
            Approval     solo       note              30000 ms  Ok  
            Chat         solo       model                 0 ms  Ok  
            0 tokens, ? US dollars

            """.ReplaceLineEndings("\n"));
        (await TracesGuide.WaitedAsync(runtime, "eval-1")).ShouldBe(TimeSpan.FromMinutes(1));
    }

    private sealed record Note(string Text);
}
