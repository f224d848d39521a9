using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sluice.Models;
using Sluice.Storage;

namespace Sluice;

/// <summary>How a spec is run.</summary>
public sealed class RuntimeOptions
{
    /// <summary>What answers in the model's place. Default: <see cref="Interpreter.Noop"/>.</summary>
    public Interpreter Interpreter { get; set; } = Interpreter.Noop;

    /// <summary>The host's services, for tools and handlers. Default: an empty provider.</summary>
    public IServiceProvider? Services { get; set; }

    /// <summary>Handlers by tool name, for tools that the spec declares without code. They win over the spec's own bindings.</summary>
    public IDictionary<string, ToolHandler> ToolBindings { get; set; } = new Dictionary<string, ToolHandler>();

    /// <summary>Predicates by id, for dynamic approval policies.</summary>
    public IDictionary<string, ApprovalPredicate> ApprovalPredicates { get; set; } = new Dictionary<string, ApprovalPredicate>();

    /// <summary>Applies approved plans: <see cref="ActionHandlers"/> or a dispatcher of whole plans. Without one, plans cannot be executed.</summary>
    public IActionDispatcher? ActionDispatcher { get; set; }

    /// <summary>Called with every event of every run, in the run's order. One that throws is logged and does not disturb the run.</summary>
    public IList<Action<RuntimeEvent>> EventHooks { get; set; } = [];

    /// <summary>The data that agents with toolkit <c>catalog</c> work on: an open data environment of Sluice.Data. Default: none. Whoever opened it disposes it.</summary>
    public IToolkitProvider? DataEnvironment { get; set; }

    /// <summary>
    /// The spec's MCP servers, connected: <c>McpServers.ConnectAsync</c> of Sluice.Mcp. Needed for those that an agent has. Default: none. Whoever
    /// connected them disposes them, after the runtime.
    /// </summary>
    public IReadOnlyList<IToolkitProvider> McpServers { get; set; } = [];

    /// <summary>Where runs, plans, approvals, references and threads are kept. Default: memory. The creator of a storage disposes it.</summary>
    public IRuntimeStorage? Storage { get; set; }

    /// <summary>The limits of a run.</summary>
    public Limits Limits { get; set; } = new();

    /// <summary>Prices and limits of models. Default: <see cref="ModelTable.Default"/>.</summary>
    public ModelTable Models { get; set; } = ModelTable.Default;

    /// <summary>When history is compacted to fit a model's context. Default: at 80 % of what fits.</summary>
    public CompactionOptions Compaction { get; set; } = new();

    /// <summary>What a run does when another one holds its thread. Default: it waits its turn.</summary>
    public BusyThread BusyThread { get; set; } = BusyThread.Wait;

    /// <summary>Which runs are taken up without being asked. Default: <see cref="RunRecovery.Decided"/>.</summary>
    public RunRecovery Recovery { get; set; } = RunRecovery.Decided;

    /// <summary>
    /// How long this runtime counts as alive after its last sign of life, at least 3 seconds. Default: 30 seconds. So long its runs are its
    /// own: after a crash another machine takes them up only then. On the same machine a process that is gone is recognised at once.
    /// </summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long runs are kept after their last entry once they have ended, with what belongs to them and drafts as old: then they are removed, as
    /// <see cref="AgentRuntime.PruneAsync"/> does it, by the minute. Positive; null: until somebody prunes. Default: null.
    /// </summary>
    public TimeSpan? Retention { get; set; }

    /// <summary>What happens when a run is resumed under another spec than it was begun with. Default: it is refused.</summary>
    public SpecDrift SpecDrift { get; set; } = SpecDrift.Refuse;

    /// <summary>
    /// What makes the clients of the spec's providers, by kind, for <see cref="Interpreter.Live"/>. The front door adds Anthropic's. Where the
    /// spec has no providers, there is one of each kind, with the key in its usual environment variable.
    /// </summary>
    public IList<IModelProvider> ModelProviders { get; set; } = [];

    /// <summary>Clients by provider name, for <see cref="Interpreter.Live"/>: needed for <c>custom</c> providers, and wins over others. The caller disposes them.</summary>
    public IDictionary<string, IChatClient> ChatClients { get; set; } = new Dictionary<string, IChatClient>();

    /// <summary>How calls of live models are made.</summary>
    public ModelCallOptions ModelCalls { get; set; } = new();

    /// <summary>
    /// Whether traces hold prompts, answers, and what tools are given and return. Default: false. The environment variable
    /// <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true</c> turns it on too.
    /// </summary>
    public bool CaptureContent { get; set; }

    /// <summary>The clock and timers. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Where the runtime logs. Default: nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;
}
