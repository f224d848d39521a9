using Sluice.Testing;
using Sluice.Tests.Snippets;

namespace Sluice.Tests.Docs;

public sealed class RecordingsGuideTests
{
    [Fact]
    public async Task CodeOfThePage_OnARealRun_RecordsAndReplays()
    {
        var folder = Directory.CreateTempSubdirectory("sluice-recordings-");
        try
        {
            var cassette = Path.Combine(folder.FullName, "order.jsonl");
            var orders = 100_000;
            var order = Define.Tool<Order, string>("order", "Orders boots.", (args, _) => Task.FromResult($"BO-{orders++} for {args.Customer}"));
            var spec = Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist("clerk", "model", "You order.", tools: [order])]);
            var model = FunctionChatClient.Replies(
                FunctionChatClient.Calls(FunctionChatClient.Call("c1", "order", new { customer = "hunter2" })), FunctionChatClient.Text("Ordered as BO-100000."));

            (await Recordings.RunAsync(spec, Interpreter.FromClient(model), cassette, isRecording: true)).ShouldBe("Ordered as BO-100000.");
            (await Recordings.RunAsync(spec, Interpreter.Noop, cassette, isRecording: false)).ShouldBe("Ordered as BO-100001.");
            File.ReadAllText(cassette).ShouldNotContain("hunter2");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed record Order(string Customer);
}
