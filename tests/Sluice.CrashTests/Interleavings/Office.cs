using Sluice.CrashTests.Ledgers;

namespace Sluice.CrashTests.Interleavings;

internal sealed record Posting(string Item);

/// <summary>One agent whose calls have effects: some free, some gated, some gated for a moment only.</summary>
internal static class Office
{
    public const int Runs = 10;

    /// <summary>The tool that runs without being asked about.</summary>
    public const string Free = "move";

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(400);

    public static string RunIdOf(int number) => $"run-{number}";

    public static Script Prompt { get; } = Script.Of(
        Script.Calls(Call("post", "a"), Call("post_soon", "b"), Call(Free, "c")),
        Call("post", "d"),
        Script.Calls(Call("post_soon", "e"), Call("post", "f")),
        Script.Text("done"));

    public static AgentRuntime Open(Storage.IRuntimeStorage storage, Ledger ledger) => SluiceRuntime.Create(Spec(ledger), new()
    {
        Interpreter = Interpreter.Scripted,
        Storage = storage,
        LeaseDuration = TimeSpan.FromSeconds(3),
        Limits = new() { SuspendAfter = TimeSpan.FromMilliseconds(300) },
    });

    /// <summary>The answer of somebody who looks into the ledger before saying what became of an effect.</summary>
    public static ApprovalAnswer Answer(ApprovalRequest request, Ledger ledger, bool approves, string by) => new()
    {
        Id = request.Id,
        DecidedBy = by,
        Outcome = request.Kind == ApprovalKind.InDoubt
            ? ledger.Find(request.Payload.GetProperty("idempotencyKey").GetString()!) is null ? ApprovalOutcome.Retry : ApprovalOutcome.MarkDone
            : approves ? ApprovalOutcome.Approve : ApprovalOutcome.Reject,
    };

    private static RuntimeSpec Spec(Ledger ledger) => Define.Runtime(
        Define.Tenant("acme", "v1"),
        [
            Define.Specialist("clerk", "model", "You post.", tools:
            [
                Tool(ledger, "post") with { Approval = Approval.Always },
                Tool(ledger, "post_soon") with { Approval = Approval.Always with { ExpiresAfter = Moment } },
                Tool(ledger, Free),
            ]),
        ]);

    private static ScriptTurn Call(string tool, string item) => Script.Call(tool, new { item });

    private static ToolSpec Tool(Ledger ledger, string name) => Define.Tool<Posting>(
        name, $"Does {name}.",
        (args, ctx) =>
        {
            ledger.Add(new() { Kind = LedgerLineKind.Effect, Key = ctx.IdempotencyKey, Step = $"{name} {ctx.ToolUseId}", RunId = ctx.RunId, Value = args.Item });
            return Task.FromResult<object?>(new { posted = args.Item });
        });
}
