using System.Text.Json;
using Sluice.Data;

namespace Sluice.Tests.Snippets;

/// <summary>The code of <c>docs/guides/data-environment.md</c>.</summary>
public static class DataEnvironmentGuide
{
    public static async Task<IReadOnlyList<string>> OpenAsync(IReadOnlyList<IDataProvider> providers)
    {
        // snippet: data-environment
        var environment = new DataEnvironment
        {
            TenantId = "acme",
            TargetDatabase = new() { Url = "sqlite:shop.db" },
        };
        var analyst = Define.Specialist("analyst", model: "claude-sonnet-4-6", prompt: "You answer from data.", toolkits: ["catalog", "references"]);

        await using var data = await environment.OpenAsync(providers, new() { Guard = new() { DeniedColumns = ["customers.email"] } });
        await using var runtime = SluiceRuntime.Create(
            Define.Runtime(Define.Tenant("acme", "v1"), agents: [analyst]), new() { DataEnvironment = data });
        // end

        return [.. runtime.ListTools("analyst").Select(tool => tool.Name)];
    }

    public static async Task<string> LoadAsync(string path, IReadOnlyList<IDataProvider> providers)
    {
        // snippet: data-environment-file
        await using var data = await DataEnvironment.Load(path).OpenAsync(providers);
        // end

        return data.WorkspaceId;
    }

    // snippet: data-environment-toolkit
    public static ToolkitSpec OnlyQueries { get; } = new()
    {
        Id = "catalog",
        Tools = ["list_schema_fields", "get_relation_paths_between", "execute_query"],
        Config = JsonElement.Parse("""{"maxRows": 200, "queryTimeoutMs": 5000}"""),
    };
    // end
}
