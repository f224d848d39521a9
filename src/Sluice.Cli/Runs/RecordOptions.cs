using System.CommandLine;
using Sluice.Cli.Apps;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Run;
using Sluice.Cli.Spec;
using Sluice.Cli.Store;

namespace Sluice.Cli.Runs;

/// <summary>The options that say whose records of which store a command looks at.</summary>
internal sealed class RecordOptions
{
    private readonly StoreOptions _store = new();
    private readonly AgentPlace _agents = new();

    public IEnumerable<Option> All => [.. _store.All, .. _agents.All];

    /// <summary>Opens a store to look at and decide on what is in it. No agent runs there.</summary>
    /// <exception cref="WrongUseException">There is no such store, or the options contradict each other.</exception>
    /// <exception cref="SluiceException">It cannot be opened.</exception>
    public async Task<OpenAgents> OpenAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var address = _store.Read(invocation);
        var spec = await SpecOfAsync(invocation, cancellationToken);
        var storage = address.Open();
        try
        {
            return new(SluiceRuntime.Create(spec, new() { Storage = storage, Recovery = RunRecovery.None }), storage) { Arguments = address.Arguments };
        }
        catch
        {
            await storage.DisposeAsync();
            throw;
        }
    }

    /// <summary>The tenant, and the plans that an edited body is checked against. Agents, and what they need, are left out.</summary>
    private async Task<RuntimeSpec> SpecOfAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var desk = Define.Specialist("desk", model: "none", prompt: "Nobody asks you anything.");
        if (await FindSpecAsync(invocation, cancellationToken) is not { } spec)
            return Define.Runtime(Define.Tenant(invocation.TenantId ?? GlobalOptions.DefaultTenant, "cli"), [desk]);
        AgentPlace.CheckTenant(invocation, spec);
        return Define.Runtime(spec.Tenant, [desk]) with { Plans = spec.Plans, References = spec.References };
    }

    private async Task<RuntimeSpec?> FindSpecAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        if (_agents.App(invocation) is { } app) return (await new AppLoader(invocation.Terminal).LoadAsync(app, cancellationToken)).App.Spec;
        return _agents.Spec(invocation) is { } file ? await SpecFile.ReadAsync(file, cancellationToken) : null;
    }
}
