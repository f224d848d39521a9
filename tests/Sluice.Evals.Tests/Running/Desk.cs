using System.Collections.Concurrent;
using System.Threading.Channels;
using Sluice.Storage;

namespace Sluice.Evals.Tests.Running;

public sealed record Item(string Name);

/// <summary>One agent, <c>clerk</c>, with tools that look, act, fail and hang, and what was done.</summary>
internal sealed class Desk
{
    private readonly Channel<bool> _hanging = Channel.CreateUnbounded<bool>();

    public ConcurrentQueue<string> Posted { get; } = [];

    /// <summary>Waits until so many further calls of <c>hang</c> are under way.</summary>
    public async Task HangingAsync(int calls = 1)
    {
        for (var call = 0; call < calls; call++) await _hanging.Reader.ReadAsync(TestContext.Current.CancellationToken);
    }

    public ApprovalPolicy Approval { get; init; } = Sluice.Approval.Never;

    public RuntimeSpec Spec => Define.Runtime(Define.Tenant("acme", "v1"), [Define.Specialist("clerk", "model-c", "You keep the desk.", tools:
    [
        Define.Tool<Item>("look", "Looks at an item.", (item, _) => Task.FromResult<object?>(new { seen = item.Name }), effect: ToolEffect.ReadOnly),
        Define.Tool<Item>("fail", "Fails.", (_, _) => throw new InvalidOperationException("No luck."), effect: ToolEffect.ReadOnly),
        Define.Tool<Item>("post", "Posts an item.", (item, _) =>
        {
            Posted.Enqueue(item.Name);
            return Task.FromResult<object?>(new { posted = item.Name });
        }, Approval),
        Define.Tool<Item>("hang", "Never ends.", async (_, context) =>
        {
            _hanging.Writer.TryWrite(true);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken);
            return null;
        }, effect: ToolEffect.ReadOnly),
    ])]);

    public SluiceRuntime Open(IRuntimeStorage? storage = null, Action<RuntimeOptions>? configure = null)
    {
        var options = new RuntimeOptions { Interpreter = Interpreter.Scripted, Storage = storage };
        configure?.Invoke(options);
        return SluiceRuntime.Create(Spec, options);
    }

    public static ScriptTurn Call(string tool, string name = "boots") => Script.Call(tool, new { name });

    /// <summary>A case that is answered by a script, and expects these calls.</summary>
    public static TestCase Case(string id, IReadOnlyList<ScriptTurn> script, params IReadOnlyList<ExpectedCall> expected) =>
        Define.TestCase(id, $"Do {id}.", expectedTrajectory: expected, script: Script.Of(script));

    public static EvalRequest Request(IReadOnlyList<TestCase> cases, EvalConfig? config = null, string? folder = null) => new()
    {
        Dataset = new() { Name = "desk", Cases = cases },
        Config = config ?? Config(),
        UseScripts = true,
        ArtifactFolder = folder,
    };

    public static EvalConfig Config(int samples = 2, int concurrency = 2) =>
        Define.EvalConfig(EvalMode.Specialist, samplesPerCase: samples, concurrency: concurrency);
}
