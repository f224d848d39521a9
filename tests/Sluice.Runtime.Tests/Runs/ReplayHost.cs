using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Runs;

/// <summary>A runtime over a storage that may crash, with tools that count their calls and a person who answers every request.</summary>
internal sealed class ReplayHost : IAsyncDisposable
{
    public const string RunId = "run-1";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _ran = [];
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SluiceRuntime _runtime;

    public ReplayHost(IRuntimeStorage storage, int parallel = 1) => _runtime = Sample.Scripted(Spec(), options =>
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

    /// <summary>How often each step with an effect or a look ran, by idempotency key.</summary>
    public IReadOnlyDictionary<string, int> Ran
    {
        get
        {
            lock (_lock) return new Dictionary<string, int>(_ran);
        }
    }

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
            var outcome = request.Digest[0] is 'a' or 'b' or 'c' or 'd' ? ApprovalOutcome.Reject : ApprovalOutcome.Approve;
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
                Define.Planner("planner", "model-p", "You plan.", Jobs.Shop.Plan, tools: [search]),
                Define.Executor("executor", "model-e", "You execute.", Jobs.Shop.Plan),
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

    private ActionHandlers Handlers() => ActionHandlers.For(Jobs.Shop.Plan)
        .On<Jobs.PriceChange>((_, ctx) => Apply(ctx.IdempotencyKey))
        .On<Jobs.PromotionLaunch>((_, ctx) => Apply(ctx.IdempotencyKey));

    private Task<ActionResult?> Apply(string key)
    {
        Note(key);
        return Task.FromResult<ActionResult?>(ActionResult.Affected(1));
    }

    private void Note(string key)
    {
        lock (_lock) _ran[key] = _ran.GetValueOrDefault(key) + 1;
    }
}
