namespace Sluice.Runtime.Tools;

/// <summary>The tools of toolkits that the host provides. Each toolkit is made once, whichever agents select it.</summary>
internal sealed class ProvidedToolkits(RuntimeSpec spec, RuntimeOptions options)
{
    private static readonly string[] OwnToolkits = [BuiltInTools.AgentsToolkit, BuiltInTools.PlansToolkit, BuiltInTools.ReferencesToolkit];
    private readonly Dictionary<string, IReadOnlyList<ToolSpec>> _made = new(StringComparer.Ordinal);

    private IToolkitProvider? Data => options.DataEnvironment;

    /// <summary>The kinds of references that the toolkits bring.</summary>
    public static IReadOnlyList<ReferenceSpec> ReferencesOf(RuntimeOptions options) => options.DataEnvironment?.References ?? [];

    /// <summary>Reports a provider that is not for this runtime at all.</summary>
    public void Check(ICollection<SpecError> problems)
    {
        if (Data is null) return;
        if (Data.TenantId is { } tenant && tenant != spec.Tenant.ResourceId)
        {
            problems.Add(new(
                "tenant_mismatch", "dataEnvironment.tenantId",
                $"The data environment is of tenant '{tenant}', and the spec's tenant is '{spec.Tenant.ResourceId}'. Open the environment of this tenant."));
        }

        if (!BuiltInTools.ToolkitIds.Contains(Data.Id) || OwnToolkits.Contains(Data.Id))
        {
            problems.Add(new(
                "invalid_toolkit", "dataEnvironment",
                $"The data environment provides toolkit '{Data.Id}', and is to provide '{BuiltInTools.CatalogToolkit}'."));
        }
    }

    /// <summary>The tools of an agent.</summary>
    public IEnumerable<ToolSpec> For(AgentSpec agent, ICollection<SpecError> problems)
    {
        foreach (var id in agent.Toolkits.Except(OwnToolkits, StringComparer.Ordinal))
        {
            if (Data?.Id == id)
            {
                foreach (var tool in ToolsOf(Data, problems)) yield return tool;
            }
            else
            {
                problems.Add(new(
                    "toolkit_unavailable", $"agents[{agent.Name}].toolkits",
                    $"Toolkit '{id}' needs a data environment. Open one and give it to RuntimeOptions.DataEnvironment."));
            }
        }
    }

    private IReadOnlyList<ToolSpec> ToolsOf(IToolkitProvider provider, ICollection<SpecError> problems)
    {
        if (_made.TryGetValue(provider.Id, out var made)) return made;
        var tools = provider.CreateTools(spec.Toolkits.FirstOrDefault(toolkit => toolkit.Id == provider.Id), problems);
        foreach (var tool in tools.Where(tool => !BuiltInTools.Toolkits[provider.Id].Contains(tool.Name) || tool.Handler is null))
        {
            problems.Add(new(
                "invalid_toolkit", $"toolkits[{provider.Id}]",
                $"Tool '{tool.Name}' of toolkit '{provider.Id}' has no handler, or a name that is not reserved for the toolkit."));
        }

        return _made[provider.Id] = tools;
    }
}
