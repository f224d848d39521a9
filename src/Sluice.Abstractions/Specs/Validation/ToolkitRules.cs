using Sluice.JsonSchemas.Evaluating;

namespace Sluice;

internal static class ToolkitRules
{
    public static void CheckIds(SpecCheck check, IReadOnlyList<string> ids, string path)
    {
        for (var i = 0; i < ids.Count; i++)
            check.RequireKnown(ids[i], BuiltInTools.ToolkitIds, SpecErrorCodes.UnknownToolkit, $"{path}[{i}]", "There is no toolkit");
    }

    public static void Check(SpecCheck check)
    {
        var toolkits = check.Spec.Toolkits;
        for (var i = 0; i < toolkits.Count; i++)
        {
            var (toolkit, path) = (toolkits[i], $"toolkits[{i}]");
            check.RequireKnown(toolkit.Id, BuiltInTools.ToolkitIds, SpecErrorCodes.UnknownToolkit, $"{path}.id", "There is no toolkit");
            if (toolkits.Take(i).Any(other => other.Id == toolkit.Id))
                check.Report(SpecErrorCodes.DuplicateToolkit, $"{path}.id", $"The toolkit {Excerpt.Quote(toolkit.Id)} is configured twice. Keep one.");
            CheckTools(check, toolkit, path);
            check.RequireObject(toolkit.Config, $"{path}.config");
        }
    }

    private static void CheckTools(SpecCheck check, ToolkitSpec toolkit, string path)
    {
        if (toolkit.Tools is not { } names || !BuiltInTools.Toolkits.TryGetValue(toolkit.Id, out var tools)) return;
        for (var i = 0; i < names.Count; i++)
            check.RequireKnown(names[i], tools, SpecErrorCodes.UnknownToolkitTool, $"{path}.tools[{i}]", $"The toolkit \"{toolkit.Id}\" has no tool");
    }
}
