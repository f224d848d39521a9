using System.Text.Json;
using System.Text.RegularExpressions;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice;

internal static partial class ToolRules
{
    private const int LeastResultBytes = 256;

    public static void Check(SpecCheck check, AgentSpec agent, string agentPath, Dictionary<string, ToolSpec> seen)
    {
        for (var i = 0; i < agent.Tools.Count; i++)
        {
            var (tool, path) = (agent.Tools[i], $"{agentPath}.tools[{i}]");
            if (seen.TryGetValue(tool.Name, out var known))
            {
                if (!SpecSameness.AreSame(known, tool))
                    check.Report(SpecErrorCodes.DuplicateTool, $"{path}.name", $"Another tool is named {Excerpt.Quote(tool.Name)} already. Attach the same value, or rename one.");
                continue;
            }

            seen.Add(tool.Name, tool);
            CheckName(check, tool.Name, path);
            check.RequireText(tool.Description, SpecErrorCodes.BlankDescription, $"{path}.description", $"The description of tool {Excerpt.Quote(tool.Name)}");
            CheckSchema(check, tool.InputSchema, $"{path}.inputSchema");
            CheckLimits(check, tool, path);
        }
    }

    public static void CheckBindings(SpecCheck check)
    {
        string[] tools = [.. check.Spec.Agents.SelectMany(agent => agent.Tools).Select(tool => tool.Name).Distinct(StringComparer.Ordinal)];
        foreach (var name in check.Spec.ToolBindings.Keys)
            check.RequireKnown(name, tools, SpecErrorCodes.UnknownToolBinding, SpecCheck.Entry("toolBindings", name), "No agent has a tool");
    }

    private static void CheckName(SpecCheck check, string name, string path)
    {
        if (!NamePattern().IsMatch(name))
            check.Report(
                SpecErrorCodes.InvalidToolName, $"{path}.name",
                $"{Excerpt.Quote(name)} can't name a tool. Use 1 to 64 letters, digits, '_' and '-', without accents.");
        if (BuiltInTools.ToolNames.Contains(name))
            check.Report(SpecErrorCodes.ReservedToolName, $"{path}.name", $"{Excerpt.Quote(name)} is a tool of the runtime. Choose another name.");
    }

    private static void CheckSchema(SpecCheck check, JsonElement schema, string path)
    {
        if (!check.RequireSchema(schema, path)) return;
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type) || !type.ValueEquals("object"u8))
            check.Report(SpecErrorCodes.InvalidSchema, path, "The arguments of a tool are an object. Say \"type\": \"object\" in the schema.");
    }

    private static void CheckLimits(SpecCheck check, ToolSpec tool, string path)
    {
        if (tool.Approval is not null) ApprovalRules.CheckPolicy(check, tool.Approval, $"{path}.approval");
        check.RequirePositive(tool.Timeout, SpecErrorCodes.InvalidTimeout, $"{path}.timeoutMs");
        if (tool.MaxResultBytes < LeastResultBytes)
            check.Report(
                SpecErrorCodes.InvalidMaxResultBytes, $"{path}.maxResultBytes",
                $"{tool.MaxResultBytes} bytes are too few. Give at least {LeastResultBytes}, or leave it out.");
        if (tool.Reference is not null and not ReferenceSpec.ToolResult)
            check.RequireKnown(
                tool.Reference, [.. check.Spec.References.Select(reference => reference.Name)], SpecErrorCodes.UnknownReferenceKind, $"{path}.reference",
                "There is no reference kind");
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}
