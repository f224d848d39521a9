using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Runs;

/// <summary>
/// A runtime over a storage that may crash, with tools that note their effects in a ledger and a person who answers every request. Asked
/// what became of an effect, the person looks into the ledger.
/// </summary>
internal sealed class ReplayHost : IAsyncDisposable
{
    public const string RunId = "run-1";

    private static readonly PlanSpec<Jobs.ScenarioPlan> Plan = Jobs.Shop.Plan with { CompensateOnFailure = true };
    private readonly EffectLedger _ledger;
    private readonly EffectLedger _ran = new();
    private readonly bool _givesUp;
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SluiceRuntime _runtime;

    /// <summary>A process that begins.</summary>
    /// <param name="storage">Where the runs are.</param>
    /// <param name="parallel">How many calls may run at once.</param>
    /// <param name="ledger">What happened in the world, in this process and in those before it.</param>
    /// <param name="givesUp">Whether the person counts what did not happen as failed, instead of having it done again.</param>
    public ReplayHost(IRuntimeStorage storage, int parallel = 1, EffectLedger? ledger = null, bool givesUp = false)
    {
        (_ledger, _givesUp) = (ledger ?? new(), givesUp);
        _runtime = Sample.Scripted(Spec(), options =>
        {
            options.Storage = storage;
            // The clock stands still, so that equal runs are equal to the last digit.
            options.TimeProvider = new ManualTimeProvider();
            options.ActionDispatcher = Handlers();
            options.Limits = new() { MaxParallelToolCalls = parallel, MaxInvalidToolCalls = 50 };
            options.EventHooks.Add(e =>
            {
                if (e is ApprovalRequiredEvent required) _ = Task.Run(() => AnswerAsync(required.Id));
            });
        });
    }

    /// <summary>The name under which the undoing of an action is noted.</summary>
    public static string Undoing(string idempotencyKey) => $"undo {idempotencyKey}";

    /// <summary>What ran in this process.</summary>
    public EffectLedger Ran => _ran;

    /// <summary>Starts the run and waits until it has ended or the storage is gone.</summary>
    public async Task StartAsync(string prompt)
    {
        try
        {
            var run = await _runtime.StartAsync(new() { Prompt = prompt, RunId = RunId, ThreadId = "t-1" });
            await Task.WhenAny(run.Completion, _gone.Task);
        }
        catch (Exception crash) when (crash is IOException or SluiceException)
        {
            // The storage went away while the run was being recorded.
        }
    }

    /// <summary>Takes the run up and waits until it has ended or the storage is gone.</summary>
    public async Task GoOnAsync()
    {
        try
        {
            foreach (var open in await _runtime.ListApprovalsAsync()) await AnswerAsync(open.Id);
            await Task.WhenAny(_runtime.ResumeAsync(RunId).ToListAsync().AsTask(), _gone.Task);
        }
        catch (Exception crash) when (crash is IOException or SluiceException)
        {
            // The storage went away.
        }
    }

    /// <summary>Takes the run up where the journal ends and reads it to its end.</summary>
    public async Task<IReadOnlyList<RuntimeEvent>> ResumeAsync()
    {
        foreach (var open in await _runtime.ListApprovalsAsync()) await AnswerAsync(open.Id);
        try
        {
            await _runtime.ResumeAsync(RunId).ToListAsync();
        }
        catch (SluiceException ended) when (ended.Code == ErrorCodes.RunEnded)
        {
            // An answer took it up, and it went to its end.
        }

        return await _runtime.EventsAsync(RunId).ReadAsync();
    }

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();

    private async Task AnswerAsync(string id)
    {
        try
        {
            var request = (await _runtime.ListApprovalsAsync(new() { Limit = 1000 })).Single(request => request.Id == id);
            var outcome = request.Kind == ApprovalKind.InDoubt ? Judge(request)
                : request.Digest[0] is 'a' or 'b' or 'c' or 'd' ? ApprovalOutcome.Reject : ApprovalOutcome.Approve;
            await _runtime.RespondToApprovalAsync(id, outcome, "as always", decidedBy: "ana");
        }
        catch (SluiceException late) when (late.Code is ErrorCodes.ApprovalAlreadyDecided or ErrorCodes.RunEnded)
        {
            // Answered before.
        }
        catch (Exception crash) when (crash is IOException or SluiceException)
        {
            _gone.TrySetResult();
        }
    }

    /// <summary>What became of an effect: the ledger knows. What did not happen is done again or given up.</summary>
    private ApprovalOutcome Judge(ApprovalRequest request)
    {
        var key = request.Payload.GetProperty("idempotencyKey").GetString()!;
        var isUndoing = request.Payload.TryGetProperty("isCompensation", out var told) && told.GetBoolean();
        if (_ledger.CountOf(isUndoing ? Undoing(key) : key) > 0) return ApprovalOutcome.MarkDone;
        return _givesUp ? ApprovalOutcome.MarkFailed : ApprovalOutcome.Retry;
    }

    private RuntimeSpec Spec()
    {
        IReadOnlyList<ToolSpec> tools =
        [
            Tool("look", ToolEffect.ReadOnly),
            Tool("look_wide", ToolEffect.ReadOnly, text => new string('x', 600) + text) with { MaxResultBytes = 512 },
            Tool("move", ToolEffect.SideEffect),
            Tool("put", ToolEffect.Idempotent),
            Tool("gated", ToolEffect.SideEffect) with { Approval = Approval.Always },
            Tool("fail", ToolEffect.SideEffect, _ => throw new InvalidOperationException("It is locked.")),
        ];
        var search = Define.Tool<TextArguments>(
            "search", "Finds products.",
            async (args, ctx) => await ctx.References.CreateAsync(Jobs.Shop.Products, new([args.Text, "boot"]), cancellationToken: ctx.CancellationToken),
            effect: ToolEffect.ReadOnly);
        return Define.Runtime(
            Sample.Tenant,
            [
                Define.Coordinator("boss", "model-b", "You route.", ["worker", "planner", "executor"], tools: tools),
                Define.Specialist("worker", "model-w", "You work.", tools: tools, stateful: true),
                Define.Planner("planner", "model-p", "You plan.", Plan, tools: [search]),
                Define.Executor("executor", "model-e", "You execute.", Plan),
            ],
            references: [Jobs.Shop.Products]);
    }

    private ToolSpec Tool(string name, ToolEffect effect, Func<string, string>? result = null) => Define.Tool<TextArguments, string>(
        name, $"Does {name}.",
        (args, ctx) =>
        {
            Note(ctx.IdempotencyKey);
            return Task.FromResult(result is null ? $"{name} {args.Text}" : result(args.Text));
        },
        effect: effect);

    /// <summary>Price changes cannot tell whether they happened; promotions can, but for those whose discount is odd.</summary>
    private ActionHandlers Handlers() => ActionHandlers.For(Plan)
        .On<Jobs.PriceChange>(
            async (action, ctx) =>
            {
                var result = await Apply(ctx.IdempotencyKey);
                return action.NewPrice > 40 ? throw new InvalidOperationException("It is too dear.") : result;
            },
            compensate: (_, ctx) => Apply(Undoing(ctx.IdempotencyKey)))
        .On<Jobs.PromotionLaunch>(
            (_, ctx) => Apply(ctx.IdempotencyKey),
            reconcile: (action, ctx) => action.DiscountPct % 2 == 1
                ? throw new InvalidOperationException("The promotions cannot be read.")
                : Task.FromResult(Find(ctx.IdempotencyKey)),
            compensate: (_, ctx) => Apply(Undoing(ctx.IdempotencyKey)));

    private ActionResult? Find(string key) =>
        _ledger.CountOf(key) > 0 && _ledger.CountOf(Undoing(key)) == 0 ? ActionResult.Affected(1) : null;

    private Task<ActionResult?> Apply(string key)
    {
        Note(key);
        return Task.FromResult<ActionResult?>(ActionResult.Affected(1));
    }

    private void Note(string key)
    {
        _ran.Note(key);
        _ledger.Note(key);
    }
}
