using Sluice.Models;
using Sluice.Runtime.Approvals;
using Sluice.Runtime.Audit;
using Sluice.Runtime.Budgets;
using Sluice.Runtime.Drift;
using Sluice.Runtime.Forks;
using Sluice.Runtime.History;
using Sluice.Runtime.Leases;
using Sluice.Runtime.Loop;
using Sluice.Runtime.Plans;
using Sluice.Runtime.Providers;
using Sluice.Runtime.References;
using Sluice.Runtime.Retention;
using Sluice.Runtime.Runs;
using Sluice.Runtime.Tools;
using Sluice.Runtime.Traces;
using Sluice.Storage;

namespace Sluice.Runtime.Composition;

/// <summary>The parts of a runtime, put together: the one place where who knows whom is decided.</summary>
internal sealed class RuntimeParts
{
    /// <summary>Puts the parts together. Nothing runs yet.</summary>
    /// <param name="spec">A valid spec.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="defaultProviders">Providers to use beside those of the options.</param>
    /// <exception cref="SpecValidationException">The options do not fit the spec.</exception>
    public RuntimeParts(RuntimeSpec spec, RuntimeOptions options, IReadOnlyList<IModelProvider> defaultProviders)
    {
        Options = options;
        var services = options.Services ?? NoServices.Instance;
        var time = options.TimeProvider;
        OwnsStorage = options.Storage is null;
        Storage = options.Storage ?? MemoryStorage.Create();
        References = new(spec, Storage.References, time, ProvidedToolkits.ReferencesOf(options));
        Plans = new(spec, Storage.Plans, References, time);
        var seal = new DecisionSeal(Storage.Approvals, spec.Tenant);
        Desk = new(Storage.Approvals, spec.Tenant, seal, Plans, time);
        var verdicts = new Verdicts(Storage.Approvals, spec.Tenant, seal);
        var gate = new ApprovalGate(Storage.Approvals, spec.Tenant, verdicts, time);
        var doubts = new InDoubtGate(gate);
        var hydration = new PlanHydration(References);
        var effects = new RecordedEffects(Storage.Journal, spec.Tenant);
        var execution = new PlanExecution(
            Plans, new(spec, services, options.ActionDispatcher, hydration), hydration, new(spec, services, options.ActionDispatcher, doubts), gate, effects);
        var subAgents = new SubAgents(options.Limits);
        Models = new(spec, options, [.. options.ModelProviders, .. defaultProviders], Random.Shared);
        Compiled = new SpecCompiler(spec, options, new(Plans, execution, References, subAgents), Models).Compile();
        var runner = new ToolRunner(spec.Tenant, services, References, new(References), doubts, effects, time);
        var budget = new RunBudget(options.Limits, options.Interpreter.AnswersFreely);
        var mentioned = new MentionedPlans(spec.Tenant, Storage.Plans);
        var compaction = new Compaction(
            options, new(options.Models, options.Compaction), new(References, mentioned), new(mentioned, References, new(options)));
        var loop = new AgentLoop(
            new(Storage, spec.Tenant), compaction, new(budget, options.Limits, options.Models, time),
            new(gate, runner, budget, options.Limits), budget);
        subAgents.Attach(Compiled, loop);
        var drift = new DriftCheck(Compiled, new(Storage.References, spec.Tenant, Compiled.Definition, time), Storage.Journal, options.SpecDrift);
        Ownership = new(Storage.Leases, spec.Tenant, time, options.LeaseDuration);
        Active = new(Ownership);
        var threads = new ThreadQueue(Storage, spec.Tenant, time, options.BusyThread, Active);
        Driver = new(Compiled, options, Storage, loop, new(Desk, Plans), Ownership, Active, threads, drift);
        Reader = new(Active, Storage.Journal, spec.Tenant);
        Directory = new(Active, Ownership, Storage.Journal, spec.Tenant, time);
        Recovery = new(Driver, Active, Desk, Storage, spec.Tenant, Ownership, options);
        Cancelling = new(Driver, Active, Storage.Journal, spec.Tenant, time);
        var sweep = new ReferenceSweep(Storage, spec.Tenant);
        Pruner = new(Storage, spec.Tenant, sweep, time);
        Housekeeping = new(Active, Recovery, Ownership, Desk, Storage.Approvals, spec.Tenant, sweep, Pruner, options);
        Forks = new(Storage, spec.Tenant, drift, Ownership, time);
        Verifier = new(Storage, spec.Tenant, verdicts);
        Auditor = new(Storage, spec.Tenant);
        Traces = new(Directory, Storage.Journal, Compiled);
    }

    public RuntimeOptions Options { get; }

    public IRuntimeStorage Storage { get; }

    /// <summary>Whether the storage was made here, and goes with the runtime.</summary>
    public bool OwnsStorage { get; }

    public TenantReferences References { get; }

    public PlanLifecycle Plans { get; }

    public ApprovalDesk Desk { get; }

    public ModelClients Models { get; }

    public CompiledSpec Compiled { get; }

    public RunDriver Driver { get; }

    public EventReader Reader { get; }

    public Ownership Ownership { get; }

    public ActiveRuns Active { get; }

    public RunDirectory Directory { get; }

    public Recovery Recovery { get; }

    public Cancelling Cancelling { get; }

    public Housekeeping Housekeeping { get; }

    public RunPruner Pruner { get; }

    public RunForks Forks { get; }

    public RunVerifier Verifier { get; }

    public RunAuditor Auditor { get; }

    public TraceReader Traces { get; }
}
