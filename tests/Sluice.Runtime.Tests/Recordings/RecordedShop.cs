using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Sluice.Runtime.Tests.Jobs;
using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Recordings;

/// <summary>
/// Three agents, parallel searches, references, a plan, its approval and its execution. What the searches find differs in every run, so that the
/// ids of references and the hashes of plans do too.
/// </summary>
internal sealed partial class RecordedShop : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private RecordedShop(Interpreter interpreter, IRuntimeStorage storage, int start, string stock)
    {
        Stock = stock;
        Runtime = SluiceRuntime.Create(Spec(), new()
        {
            Interpreter = interpreter,
            Storage = storage,
            TimeProvider = new ManualTimeProvider(new(2026, 1, start, 0, 0, 0, TimeSpan.Zero)),
            ActionDispatcher = ActionHandlers.For(Shop.Plan).On<PriceChange>((_, _) => throw new NotSupportedException()).On<PromotionLaunch>(
                (action, ctx) =>
                {
                    Effects.TryAdd(ctx.IdempotencyKey, string.Join(',', ctx.Resolve(action.Products).ProductIds));
                    return Task.FromResult<ActionResult?>(ActionResult.Affected(1));
                },
                reconcile: (_, ctx) => Task.FromResult<ActionResult?>(Effects.ContainsKey(ctx.IdempotencyKey) ? ActionResult.Affected(1) : null)),
        });
    }

    /// <summary>Who answers when nobody may be asked.</summary>
    public static FunctionChatClient Nobody { get; } = new((_, _, _) => throw new InvalidOperationException("A replay called the model."));

    public SluiceRuntime Runtime { get; }

    public ConcurrentDictionary<string, string> Effects { get; private init; } = [];

    private string Stock { get; }

    public static RecordedShop Open(Interpreter interpreter, int start, string stock, IRuntimeStorage? storage = null, ConcurrentDictionary<string, string>? effects = null) =>
        new(interpreter, storage ?? MemoryStorage.Create(), start, stock) { Effects = effects ?? [] };

    /// <summary>Does the job from the beginning; a person approves what is asked.</summary>
    public async Task<IReadOnlyList<RuntimeEvent>> RunAsync(string? runId = null)
    {
        var run = await Runtime.StartAsync(new() { Prompt = "Put what moves slowly on sale.", RunId = runId });
        return await FollowAsync(run.RunId);
    }

    /// <summary>Goes on with a run to its end.</summary>
    public async Task<IReadOnlyList<RuntimeEvent>> ResumeAsync(string runId)
    {
        foreach (var open in await Runtime.ListApprovalsAsync()) await ApproveAsync(open.Id);
        try
        {
            await foreach (var e in Runtime.ResumeAsync(runId))
            {
                if (e is ApprovalRequiredEvent asked) await ApproveAsync(asked.Id);
            }
        }
        catch (SluiceException ended) when (ended.Code == ErrorCodes.RunEnded)
        {
            // The answer took it up, and it went to its end.
        }

        return await Runtime.EventsAsync(runId).ReadAsync();
    }

    /// <summary>
    /// Events without what differs from run to run: ids, times, and the order in which parallel searches came back. What the ids refer to is
    /// seen where recording a replay gives the same file.
    /// </summary>
    public static IReadOnlyList<string> Normalise(IReadOnlyList<RuntimeEvent> events)
    {
        var lines = events.Select(e => Places().Replace(Times().Replace(Ids().Replace(e.ToJson(), "<id>"), "<time>"), "")).ToList();
        return [.. lines.Where(line => !IsOfParallelCall(line)), .. lines.Where(IsOfParallelCall).Order(StringComparer.Ordinal)];
    }

    public ValueTask DisposeAsync() => Runtime.DisposeAsync();

    private static bool IsOfParallelCall(string line) => line.Contains("reference_created", StringComparison.Ordinal)
        || (line.Contains("search_products", StringComparison.Ordinal) && line.Contains("\"result\"", StringComparison.Ordinal));

    private async Task<IReadOnlyList<RuntimeEvent>> FollowAsync(string runId)
    {
        var events = new List<RuntimeEvent>();
        using var timer = new CancellationTokenSource(Patience);
        await foreach (var e in Runtime.EventsAsync(runId, cancellationToken: timer.Token))
        {
            events.Add(e);
            if (e is ApprovalRequiredEvent asked) await ApproveAsync(asked.Id);
        }

        return events;
    }

    private async Task ApproveAsync(string id)
    {
        try
        {
            await Runtime.RespondToApprovalAsync(id, ApprovalOutcome.Approve, "fine", decidedBy: "ana");
        }
        catch (SluiceException late) when (late.Code is ErrorCodes.ApprovalAlreadyDecided or ErrorCodes.RunEnded)
        {
            // Answered before.
        }
    }

    private RuntimeSpec Spec()
    {
        var search = Define.Tool<SearchProducts>(
            "search_products", "Select products by name; returns a handle and a glimpse.",
            async (args, ctx) => new
            {
                found = await ctx.References.CreateAsync(
                    Shop.Products, new ProductSet([.. Enumerable.Range(1, 5).Select(n => $"{args.Query}-{Stock}-{n}")]),
                    glimpse: new { productCount = 5 }, cancellationToken: ctx.CancellationToken),
                askedBy = ctx.RunId,
                key = ctx.IdempotencyKey,
            },
            effect: ToolEffect.ReadOnly);
        return Define.Runtime(
            Sample.Tenant,
            [
                Define.Coordinator("coordinator", "model-c", routes: ["planner", "executor"], prompt: "You route."),
                Define.Planner("planner", "model-p", "You plan.", Shop.Plan, tools: [search]),
                Define.Executor("executor", "model-e", "You execute.", Shop.Plan),
            ],
            references: [Shop.Products]);
    }

    [GeneratedRegex("(run|thread|approval|ref|plan)-[0-9a-f]{16,}|[0-9a-f]{32,64}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ids();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT[0-9:.]+Z", RegexOptions.None, 1000)]
    private static partial Regex Times();

    [GeneratedRegex("\"sequence\":[0-9]+,", RegexOptions.None, 1000)]
    private static partial Regex Places();
}
