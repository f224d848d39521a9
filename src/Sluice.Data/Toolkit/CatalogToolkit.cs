using Sluice.Data.Querying;

namespace Sluice.Data.Toolkit;

/// <summary>The tools of an open environment.</summary>
internal sealed class CatalogToolkit(OpenDataEnvironment environment)
{
    public IReadOnlyList<ToolSpec> Create(ToolkitSpec? config, ICollection<SpecError> problems)
    {
        var settings = ToolkitConfig.Read(config?.Config, $"toolkits[{environment.Id}].config", problems);
        var tools = config?.Tools is { } kept
            ? All(settings).Where(tool => kept.Contains(tool.Name, StringComparer.Ordinal)).ToArray()
            : [.. All(settings)];
        if (environment.Search is null && config?.Tools?.Contains(SearchTool.Name) == true)
        {
            problems.Add(new(
                "toolkit_unavailable", $"toolkits[{environment.Id}].tools",
                $"'{SearchTool.Name}' needs a provider that has search indexes. Give OpenAsync one, such as SqliteDataProvider, or take it out of the tools to keep."));
        }

        if (environment.TargetDatabase is null && tools.Where(NeedsDatabase).Select(tool => $"'{tool.Name}'").ToArray() is { Length: > 0 } unavailable)
        {
            var others = string.Join(", ", All(settings).Where(tool => !NeedsDatabase(tool)).Select(tool => tool.Name));
            problems.Add(new(
                "toolkit_unavailable", $"toolkits[{environment.Id}]",
                $"{string.Join(" and ", unavailable)} of toolkit '{environment.Id}' need a target database, which the data environment does not have. "
                + $"Add \"targetDatabase\" to it, or keep only other tools with the toolkit's \"tools\": {others}."));
        }

        return tools;
    }

    private IEnumerable<ToolSpec> All(ToolkitConfig config) =>
    [
        .. environment.Search is { } search ? [new SearchTool(environment, search).Create()] : Array.Empty<ToolSpec>(),
        new CatalogEntitiesTool(environment).Create(),
        new SchemaFieldsTool(environment).Create(),
        new CatalogRelationsTool(environment).Create(),
        new RelationPathsTool(environment).Create(),
        new SampleTool(environment, config).Create(),
        new QueryTool(environment, config).Create(),
        new DocumentTool(environment).Create(),
    ];

    private static bool NeedsDatabase(ToolSpec tool) => tool.Name is SampleTool.Name or QueryTool.Name;
}
