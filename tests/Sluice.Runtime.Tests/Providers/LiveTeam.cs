using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Sluice.Models;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Providers;

/// <summary>Runtimes whose providers are functions, and what such a provider answers.</summary>
internal static class LiveTeam
{
    public static ModelCallOptions Impatient { get; } = new() { BaseDelay = TimeSpan.Zero, MaxDelay = TimeSpan.Zero };

    /// <summary>One agent on a model with fallbacks; every provider is custom.</summary>
    public static RuntimeSpec Spec(ModelSpec model, params IReadOnlyList<ToolSpec> tools) => Define.Runtime(
        Sample.Tenant, [Define.Specialist("solo", model, "You work.", tools: tools)],
        providers: new Dictionary<string, ProviderSpec> { ["a"] = new() { Kind = "custom" }, ["b"] = new() { Kind = "custom" } });

    public static SluiceRuntime Create(RuntimeSpec spec, IChatClient first, IChatClient? second = null, Action<RuntimeOptions>? configure = null)
    {
        var options = new RuntimeOptions
        {
            Interpreter = Interpreter.Live,
            ChatClients = new Dictionary<string, IChatClient> { ["a"] = first, ["b"] = second ?? FunctionChatClient.Replies("b") },
            ModelCalls = Impatient,
        };
        configure?.Invoke(options);
        return SluiceRuntime.Create(spec, options);
    }

    /// <summary>A client whose calls, by number from 1, do what a function says.</summary>
    public static FunctionChatClient Client(Func<int, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> respond)
    {
        var calls = 0;
        return new((_, _, cancellationToken) => respond(Interlocked.Increment(ref calls), cancellationToken));
    }

    /// <summary>Says these texts one after the other and then fails, when it is to.</summary>
    public static async IAsyncEnumerable<ChatResponseUpdate> Say(
        IReadOnlyList<AIContent> contents, Exception? failure = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var content in contents)
        {
            // Not there yet when it is asked for, so that each piece goes out alone.
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return new(ChatRole.Assistant, [content]);
        }

        if (failure is not null) throw failure;
    }

    public static IAsyncEnumerable<ChatResponseUpdate> Say(params IReadOnlyList<string> texts) => Say([.. texts.Select(text => new TextContent(text))]);

    public static IAsyncEnumerable<ChatResponseUpdate> Fail(string code, TimeSpan? retryAfter = null) =>
        Say([], new ProviderException(code, $"It is {code}.") { RetryAfter = retryAfter });

    /// <summary>Says something and is silent from then on.</summary>
    public static async IAsyncEnumerable<ChatResponseUpdate> Stall(string text, TaskCompletionSource silent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new(ChatRole.Assistant, text);
        silent.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }
}
