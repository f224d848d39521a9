using System.Collections.Concurrent;
using Sluice.Journal;
using Sluice.Runtime.Tests.Jobs;
using Sluice.Storage;

namespace Sluice.Runtime.Tests.Forks;

/// <summary>A team with tools of every effect, a plan and gates, and a ledger of what was really done.</summary>
internal sealed class ForkHost : IAsyncDisposable
{
    public const string Original = "run-1";
    private readonly Shop _shop = new();

    public ForkHost(IRuntimeStorage? storage = null)
    {
        Storage = storage ?? MemoryStorage.Create();
        Runtime = Sample.Scripted(Spec(), options =>
        {
            options.Storage = Storage;
            options.ActionDispatcher = ActionHandlers.For(Shop.Plan)
                .On<PriceChange>((action, _) => ApplyAsync($"price {action.ProductId}"))
                .On<PromotionLaunch>((action, _) => ApplyAsync("promote"));
        });
    }

    public IRuntimeStorage Storage { get; }

    public SluiceRuntime Runtime { get; }

    public ConcurrentQueue<string> Ledger { get; } = [];

    public static string Prompt() => Script.Of(
        Script.Call("move", new { text = "a" }),
        Script.Call("call_agent", new
        {
            agent = "planner",
            prompt = Script.Of(
                Script.Call("search_products", new { query = "boot" }),
                Script.Call("store_plan", new
                {
                    specName = "ScenarioPlan",
                    planId = "plan-1",
                    body = new
                    {
                        rationale = "slow",
                        actions = new object[] { new { kind = "price_change", productId = "b-1", newPrice = 9 }, new { kind = "price_change", productId = "b-2", newPrice = 8 } },
                    },
                }),
                Script.Text("stored")),
        }),
        Script.Calls(Script.Call("look", new { text = "x" }), Script.Call("gated", new { text = "b" }), Script.Call("put", new { text = "c" })),
        Script.Call("call_agent", new { agent = "executor", prompt = Script.Of(Script.Call("execute_plan", new { planId = "plan-1" }), Script.Text("executed")) }),
        Script.Call("move", new { text = "d" }),
        Script.Text("all done"));

    /// <summary>Runs the original to its end, everything approved.</summary>
    public async Task<IReadOnlyList<JournalEntry>> RunAsync()
    {
        var run = await Runtime.StartAsync(new() { Prompt = Prompt(), RunId = Original, ThreadId = "t-1" });
        await ApproveAllAsync(run);
        return await Runtime.JournalAsync(Original).ToListAsync();
    }

    /// <summary>Reads a run to its end, approving what it asks.</summary>
    public async Task<IReadOnlyList<RuntimeEvent>> ApproveAllAsync(RunHandle run, ApprovalOutcome outcome = ApprovalOutcome.Approve)
    {
        var events = new List<RuntimeEvent>();
        await foreach (var e in run.Events)
        {
            events.Add(e);
            if (e is ApprovalRequiredEvent asked) await Runtime.RespondToApprovalAsync(asked.Id, outcome, decidedBy: "ana");
        }

        return events;
    }

    public ValueTask DisposeAsync() => Runtime.DisposeAsync();

    private RuntimeSpec Spec()
    {
        var shop = _shop.Spec();
        return shop with
        {
            Agents = [.. shop.Agents.Select(agent => agent.Role == AgentRole.Coordinator
                ? agent with
                {
                    Tools =
                    [
                        Tool("move", ToolEffect.SideEffect), Tool("put", ToolEffect.Idempotent), Tool("look", ToolEffect.ReadOnly),
                        Tool("gated", ToolEffect.SideEffect) with { Approval = Approval.Always },
                    ],
                }
                : agent)],
        };
    }

    private ToolSpec Tool(string name, ToolEffect effect) => Define.Tool<TextArguments, string>(
        name, $"Does {name}.",
        (args, _) =>
        {
            if (effect != ToolEffect.ReadOnly) Ledger.Enqueue($"{name} {args.Text}");
            return Task.FromResult($"{name} {args.Text} done");
        },
        effect: effect);

    private Task<ActionResult?> ApplyAsync(string what)
    {
        Ledger.Enqueue(what);
        return Task.FromResult<ActionResult?>(ActionResult.Affected(1));
    }
}
