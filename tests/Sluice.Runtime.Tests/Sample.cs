using Microsoft.Extensions.AI;
using Sluice.Runtime.Tests.Events;
using Sluice.Testing;

namespace Sluice.Runtime.Tests;

public sealed record TextArguments(string Text);

public sealed record NoArguments;

/// <summary>Small specs, and the ways to run them that most tests share.</summary>
internal static class Sample
{
    public static TenantSpec Tenant { get; } = Define.Tenant("acme", "v1");

    /// <summary>A read-only tool that returns its text.</summary>
    public static ToolSpec Echo { get; } = Define.Tool<TextArguments, string>(
        "echo", "Returns the text.", (args, _) => Task.FromResult(args.Text), effect: ToolEffect.ReadOnly);

    /// <summary>One specialist, <c>solo</c>, with these tools.</summary>
    public static RuntimeSpec Agent(params IReadOnlyList<ToolSpec> tools) =>
        Define.Runtime(Tenant, [Define.Specialist("solo", "model-s", "You work.", tools: tools)]);

    /// <summary>A coordinator <c>boss</c> with routes to these specialists.</summary>
    public static RuntimeSpec Team(params IReadOnlyList<AgentSpec> agents) => Define.Runtime(
        Tenant, [Define.Coordinator("boss", "model-b", "You route.", [.. agents.Select(agent => agent.Name)]), .. agents]);

    public static SluiceRuntime Scripted(RuntimeSpec spec, Action<RuntimeOptions>? configure = null) =>
        Create(spec, Interpreter.Scripted, configure);

    public static SluiceRuntime WithClient(RuntimeSpec spec, IChatClient client, Action<RuntimeOptions>? configure = null) =>
        Create(spec, Interpreter.FromClient(client), configure);

    /// <summary>A tool without arguments.</summary>
    public static ToolSpec Tool(string name, Func<ToolContext, Task<object?>> handler, ToolEffect effect = ToolEffect.SideEffect) =>
        Define.Tool<NoArguments>(name, $"Does {name}.", (_, ctx) => handler(ctx), effect: effect);

    /// <summary>A turn of the chat client that calls one tool.</summary>
    public static ChatMessage Calls(string id, string tool, object? arguments = null) =>
        FunctionChatClient.Calls(FunctionChatClient.Call(id, tool, arguments));

    /// <summary>Reads a stream to its end and checks it against the rules of every stream.</summary>
    public static async Task<IReadOnlyList<RuntimeEvent>> ReadAsync(this IAsyncEnumerable<RuntimeEvent> events)
    {
        var all = await events.ToListAsync();
        EventRules.Check(all);
        return all;
    }

    /// <summary>Reads what is left of a stream.</summary>
    public static async Task<IReadOnlyList<RuntimeEvent>> ReadToEndAsync(this IAsyncEnumerable<RuntimeEvent> events) => await events.ToListAsync();

    /// <summary>Runs a prompt to its end.</summary>
    public static Task<IReadOnlyList<RuntimeEvent>> RunAsync(this AgentRuntime runtime, string prompt, string? threadId = null) =>
        runtime.QueryAsync(prompt, threadId).ReadAsync();

    /// <summary>The results of tool calls, in order.</summary>
    public static IReadOnlyList<ToolInvocationEvent> Results(this IEnumerable<RuntimeEvent> events) =>
        [.. events.OfType<ToolInvocationEvent>().Where(e => e.State == InvocationState.Result)];

    /// <summary>The events as lines of JSON: equal when all is equal, lists included.</summary>
    public static IReadOnlyList<string> ToJson(this IEnumerable<RuntimeEvent> events) => [.. events.Select(e => e.ToJson())];

    public static string Text(this IEnumerable<RuntimeEvent> events, string? agent = null) =>
        string.Concat(events.OfType<TextEvent>().Where(e => agent is null || e.Agent == agent).Select(e => e.Text));

    public static FinishEvent ShouldFinish(this IEnumerable<RuntimeEvent> events, FinishReason reason = FinishReason.Stop)
    {
        var finish = events.Last().ShouldBeOfType<FinishEvent>(events.Last().ToJson());
        finish.FinishReason.ShouldBe(reason);
        return finish;
    }

    public static ErrorInfo ShouldFail(this IEnumerable<RuntimeEvent> events, string code)
    {
        var error = events.Last().ShouldBeOfType<ErrorEvent>(events.Last().ToJson()).Error;
        error.Code.ShouldBe(code, error.Message);
        return error;
    }

    private static SluiceRuntime Create(RuntimeSpec spec, Interpreter interpreter, Action<RuntimeOptions>? configure)
    {
        var options = new RuntimeOptions { Interpreter = interpreter };
        configure?.Invoke(options);
        return SluiceRuntime.Create(spec, options);
    }
}
