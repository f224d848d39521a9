using System.Text.Json;
using Sluice.Json;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice;

internal static class PlanRules
{
    private static readonly string[] DisplayStatuses = ["draft", "pending_approval", "approved", "executing", "executed", "failed"];

    public static void Check(SpecCheck check)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var plans = check.Spec.Plans;
        for (var i = 0; i < plans.Count; i++)
        {
            var (plan, path) = (plans[i], $"plans[{i}]");
            if (!seen.Add(plan.Name))
            {
                check.Report(SpecErrorCodes.DuplicatePlan, $"{path}.name", $"Another plan is named {Excerpt.Quote(plan.Name)} already. Attach the same value, or rename one.");
                continue;
            }

            check.RequireText(plan.Name, SpecErrorCodes.BlankName, $"{path}.name", "The plan's name");
            if (check.RequireSchema(plan.Schema, $"{path}.schema") && !HasActions(plan.Schema))
                check.Report(
                    SpecErrorCodes.PlanWithoutActions, $"{path}.schema",
                    $"The body of plan {Excerpt.Quote(plan.Name)} has no \"actions\" array. Add one: it lists what the plan does.");
            foreach (var status in plan.DisplayAliases.Keys)
                check.RequireKnown(status, DisplayStatuses, SpecErrorCodes.UnknownPlanStatus, SpecCheck.Entry($"{path}.displayAliases", status), "Plans have no status");
        }
    }

    private static bool HasActions(JsonElement schema) =>
        Member(Follow(schema, schema), "properties") is { } properties && Member(properties, "actions") is { } actions
        && Member(Follow(schema, actions), "type") is { } type && IsArray(type);

    private static bool IsArray(JsonElement type) =>
        type.ValueKind == JsonValueKind.String ? type.ValueEquals("array"u8)
        : type.ValueKind == JsonValueKind.Array && type.EnumerateArray().Any(name => name.ValueEquals("array"u8));

    /// <summary>The schema that a local <c>$ref</c> leads to. The schema was compiled, so references neither dangle nor loop.</summary>
    private static JsonElement Follow(JsonElement root, JsonElement schema)
    {
        while (Member(schema, "$ref") is { ValueKind: JsonValueKind.String } reference && reference.GetString() is ['#', '/', ..] pointer)
        {
            JsonElement? target = root;
            foreach (var segment in pointer[2..].Split('/')) target = target is { } parent ? Member(parent, JsonPointer.Unescape(segment)) : null;
            if (target is not { } found) return schema;
            schema = found;
        }
        return schema;
    }

    private static JsonElement? Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : null;
}
