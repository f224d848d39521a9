using System.Text.Json.Serialization;
using Sluice;

namespace StudioUnderTest;

/// <summary>
/// A workspace whose effects leave a line each in <c>effects.log</c> and are then held where a test wants it: a server that is killed there leaves
/// an effect in doubt.
/// </summary>
internal static class Dock
{
    private static readonly PlanSpec<ShippingPlan> Plan = Define.Plan<ShippingPlan>(nameof(ShippingPlan));

    private static readonly ToolSpec PostLetter = Define.Tool<Letter>(
        "post_letter", "Posts a letter.", async (letter, context) =>
        {
            await DoAsync($"letter {letter.To} {context.IdempotencyKey}", letter.To, context.CancellationToken);
            return new { posted = letter.To };
        });

    private static readonly RuntimeSpec Spec = Define.Runtime(
        Define.Tenant("studio-dock", "v1"),
        [
            Define.Coordinator(
                "foreman", "claude-haiku-4-5", "You have things shipped.", ["planner", "executor"], [PostLetter],
                approval: new() { Plans = Approval.Always, Tools = Approval.Never }),
            Define.Planner("planner", "claude-haiku-4-5", "You plan.", Plan),
            Define.Executor("executor", "claude-haiku-4-5", "You execute.", Plan),
        ]);

    private static readonly ActionHandlers Handlers = ActionHandlers.For(Plan)
        .On<Ship>(async (action, context) =>
        {
            await DoAsync($"ship {action.To} {context.IdempotencyKey}", action.To, context.CancellationToken);
            return ActionResult.Affected(action.Boxes, $"Shipped {action.Boxes} boxes to {action.To}.");
        })
        .On<Announce>(async (action, context) =>
        {
            await DoAsync($"announce {action.Text} {context.IdempotencyKey}", "announcement", context.CancellationToken);
            return ActionResult.Affected(1, "Announced it.");
        });

    public static Workspace Workspace { get; } = Define.Workspace(
        "Dock", Spec, request => SluiceRuntime.Create(Spec, request.Apply(new() { Interpreter = Interpreter.Scripted, ActionDispatcher = Handlers })));

    private static async Task DoAsync(string line, string place, CancellationToken cancellationToken)
    {
        await File.AppendAllTextAsync("effects.log", line + "\n", cancellationToken);
        await Hold.PassAsync(place, cancellationToken);
    }

    internal sealed record Letter(string To);

    internal sealed record ShippingPlan
    {
        public required string Rationale { get; init; }

        public required IReadOnlyList<DockAction> Actions { get; init; }
    }

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(Ship), "ship")]
    [JsonDerivedType(typeof(Announce), "announce")]
    internal abstract record DockAction;

    internal sealed record Ship : DockAction
    {
        public required string To { get; init; }

        public required int Boxes { get; init; }
    }

    internal sealed record Announce : DockAction
    {
        public required string Text { get; init; }
    }
}
