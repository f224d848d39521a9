using System.Collections.Concurrent;
using System.Text.Json;
using Sluice.Storage;

namespace Sluice.Runtime.Tests;

public sealed record Posting(string Account, decimal Amount);

/// <summary>One agent with a tool that has an effect, one that only looks, and what was done.</summary>
internal sealed class Office
{
    public const string Post = "post";

    public ConcurrentQueue<string> Posted { get; } = [];

    public ToolSpec PostTool(ApprovalPolicy? approval = null, string name = Post) => Define.Tool<Posting>(
        name, "Posts an amount.",
        (args, _) =>
        {
            Posted.Enqueue($"{name} {args.Account} {args.Amount}");
            return Task.FromResult<object?>(new { posted = args.Account });
        },
        approval);

    public ToolSpec LookTool(ApprovalPolicy? approval = null) => Define.Tool<Posting>(
        "look", "Looks at an account.",
        (args, _) =>
        {
            Posted.Enqueue($"look {args.Account}");
            return Task.FromResult<object?>(new { seen = args.Account });
        },
        approval, effect: ToolEffect.ReadOnly);

    public static RuntimeSpec Spec(params IReadOnlyList<ToolSpec> tools) => Spec("acme", tools);

    public static RuntimeSpec Spec(string tenant, IReadOnlyList<ToolSpec> tools) =>
        Define.Runtime(Define.Tenant(tenant, "v1"), [Define.Specialist("clerk", "model", "You post.", tools: tools)]);

    /// <summary>A runtime with one tool under a policy.</summary>
    public SluiceRuntime Open(
        ApprovalPolicy? approval = null, IRuntimeStorage? storage = null, TimeProvider? time = null, Limits? limits = null, string tenant = "acme") =>
        Create(Spec(tenant, [PostTool(approval ?? Approval.Always), LookTool()]), storage, time, limits);

    public static SluiceRuntime Create(
        RuntimeSpec spec, IRuntimeStorage? storage = null, TimeProvider? time = null, Limits? limits = null, SpecDrift drift = SpecDrift.Refuse) =>
        SluiceRuntime.Create(spec, new()
        {
            Interpreter = Interpreter.Scripted,
            Storage = storage,
            TimeProvider = time ?? TimeProvider.System,
            Limits = limits ?? new(),
            SpecDrift = drift,
        });

    public static ScriptTurn Call(string account, decimal amount = 1, string tool = Post) => Script.Call(tool, new { account, amount });

    /// <summary>Everything that the runs of a tenant recorded, as text.</summary>
    public static async Task<string> JournalTextAsync(AgentRuntime runtime)
    {
        var text = new List<string>();
        foreach (var run in await runtime.ListRunsAsync())
        {
            await foreach (var entry in runtime.JournalAsync(run.RunId))
                text.Add($"{entry.Key} {System.Text.Encoding.UTF8.GetString(entry.Data.Span)}");
            await foreach (var e in runtime.EventsAsync(run.RunId)) text.Add(e.ToJson());
        }

        return string.Join('\n', text);
    }

    public static JsonElement Json(string json) => JsonElement.Parse(json);
}
