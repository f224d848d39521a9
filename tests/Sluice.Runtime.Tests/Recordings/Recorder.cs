using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Tests.Recordings;

/// <summary>The clients behind recording and replaying interpreters, without a runtime around them.</summary>
internal static class Recorder
{
    public static RuntimeSpec Spec { get; } = Sample.Agent();

    public static IChatClient Record(string file, IChatClient inner, CassetteOptions? options = null, RuntimeSpec? spec = null) =>
        Find(Interpreter.Record(Interpreter.FromClient(inner), file, options), spec);

    public static IChatClient Replay(string file, CassetteOptions? options = null, RuntimeSpec? spec = null) =>
        Find(Interpreter.Replay(file, options), spec);

    /// <summary>Records one answer to one request.</summary>
    public static async Task RecordAsync(
        string file, IReadOnlyList<ChatMessage> request, ChatMessage answer, CassetteOptions? options = null, ChatOptions? chatOptions = null)
    {
        using var client = Record(file, Testing.FunctionChatClient.Replies(answer), options);
        await client.GetResponseAsync(request, chatOptions);
    }

    /// <summary>The text of a replayed answer.</summary>
    public static async Task<string> ReplayAsync(
        string file, IReadOnlyList<ChatMessage> request, CassetteOptions? options = null, ChatOptions? chatOptions = null)
    {
        using var client = Replay(file, options);
        return (await client.GetResponseAsync(request, chatOptions)).Text;
    }

    public static ChatMessage User(string text) => new(ChatRole.User, text);

    /// <summary>A call and its result, as the runtime sends them back.</summary>
    public static IReadOnlyList<ChatMessage> ToolTurn(string callId, string arguments, string result) =>
    [
        new(ChatRole.Assistant, [new FunctionCallContent(callId, "look") { RawRepresentation = Office.Json(arguments) }]),
        new(ChatRole.Tool, [new FunctionResultContent(callId, Office.Json(result))]),
    ];

    private static IChatClient Find(Interpreter interpreter, RuntimeSpec? spec)
    {
        spec ??= Spec;
        var problems = new List<SpecError>();
        var client = interpreter.FindClient(spec.Agents[0].Model, "model", new(spec, new(), [], Random.Shared), problems);
        problems.ShouldBeEmpty();
        return client!;
    }
}
