namespace Sluice.Tests.Snippets;

public static class Hello
{
    public static async Task RunAsync()
    {
        // snippet: hello
        var greeter = Define.Specialist("greeter", model: "claude-haiku-4-5", prompt: "You greet the user politely.");
        var coordinator = Define.Coordinator("hello_coordinator", model: "claude-sonnet-4-6",
            routes: ["greeter"], prompt: "Route greetings to the greeter.");

        var spec = Define.Runtime(Define.Tenant("acme", "v1"), agents: [coordinator, greeter]);

        await using var runtime = SluiceRuntime.Create(spec, new() { Interpreter = Interpreter.Canned("hello from the runtime") });

        await foreach (var e in runtime.QueryAsync("Say hello", threadId: "thread-1"))
            Console.WriteLine(e.ToJson());
        // end
    }
}
