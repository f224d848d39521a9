using Sluice.Runtime.Tests.Jobs;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Audit;

/// <summary>The main job with a gated tool after it, run to its end under a clock that stands still.</summary>
internal sealed class RecordedJob : IAsyncDisposable
{
    public const string RunId = "run-1";

    private RecordedJob(MemoryStorage storage, SluiceRuntime runtime) => (Storage, Runtime) = (storage, runtime);

    public MemoryStorage Storage { get; }

    public SluiceRuntime Runtime { get; }

    public static async Task<RecordedJob> RunAsync()
    {
        var storage = MemoryStorage.Create();
        var shop = new Shop();
        var post = Define.Tool<PostEntry>(
            "post", "Posts an amount.",
            (args, ctx) =>
            {
                ctx.Emit("posted", Office.Json("""{"n":1}"""));
                return Task.FromResult<object?>(new { posted = args.Account });
            },
            Approval.Always);
        var runtime = SluiceRuntime.Create(
            shop.Spec(executorTools: [post]),
            new() { Interpreter = Interpreter.Scripted, ActionDispatcher = shop.Handlers(), Storage = storage, TimeProvider = new ManualTimeProvider() });
        var run = await runtime.StartAsync(new() { Prompt = Prompt(), RunId = RunId, ThreadId = "t-1" });
        await foreach (var e in run.Events)
        {
            if (e is ApprovalRequiredEvent gate)
                await runtime.RespondToApprovalAsync(gate.Id, ApprovalOutcome.Approve, "fine", decidedBy: "ana@acme.example");
        }

        return new(storage, runtime);
    }

    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync();
        await Storage.DisposeAsync();
    }

    private static string Prompt() => Script.Of(
        Script.Call("call_agent", new { agent = "coordinator-of-nothing", prompt = "x" }),
        Script.Call("call_agent", new
        {
            agent = "planner",
            prompt = Script.Of(
                Script.Call("search_products", new { query = "boot" }),
                Script.Call("store_plan", new
                {
                    specName = "ScenarioPlan",
                    planId = "plan-1",
                    body = new { rationale = "slow movers", actions = new[] { new { kind = "price_change", productId = "boot-1", newPrice = 9.99 } } },
                })),
        }),
        Script.Call("call_agent", new
        {
            agent = "executor",
            prompt = Script.Of(Script.Call("execute_plan", new { planId = "plan-1" }), Script.Call("post", new { account = "rent", amount = 1 }), Script.Text("executed")),
        }),
        Script.Text("all done"));
}
