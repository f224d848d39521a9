using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Runtime.Diagnostics;
using Sluice.Runtime.Tools;

namespace Sluice.Runtime.Plans;

/// <summary>Stores a plan as a draft.</summary>
internal sealed class StorePlanTool : IBuiltInTool
{
    private readonly PlanLifecycle _plans;

    public StorePlanTool(PlanLifecycle plans, PlanSpec plan)
    {
        _plans = plans;
        Spec = new()
        {
            Name = BuiltInTools.StorePlan,
            Description = $"Validates and stores a {plan.Name} as a draft. Storing again under the same planId makes a new version of it.",
            InputSchema = Schema(plan, BodySchema(plan.Schema)),
        };
        // The body is checked by the plan's own compiled schema, so that every violation names a place in the body.
        ArgumentSchema = Schema(plan, new JsonObject { ["type"] = "object" });
    }

    public ToolSpec Spec { get; }

    public JsonElement? ArgumentSchema { get; }

    public async ValueTask<ToolOutcome> InvokeAsync(ToolCall call)
    {
        var planId = call.Arguments.TryGetProperty("planId", out var given) ? given.GetString() : null;
        var name = call.Arguments.GetProperty("specName").GetString()!;
        using var activity = SluiceDiagnostics.StartStorePlan(call.Frame, name);
        var plan = await _plans.StoreAsync(call, name, planId, call.Arguments.GetProperty("body")).ConfigureAwait(false);
        SluiceDiagnostics.SetPlan(activity, plan);
        return ToolOutcome.Of(new
        {
            plan.PlanId,
            plan.Status,
            plan.Version,
            actionCount = plan.Actions.Count,
            plan.ContentHash,
        });
    }

    private static JsonElement Schema(PlanSpec plan, JsonNode body) => ArgumentSchemas.Object(
        ["specName", "body"],
        ("specName", ArgumentSchemas.Choice([plan.Name], "The plan's name.")),
        ("planId", new JsonObject
        {
            ["type"] = "string",
            ["pattern"] = "^[A-Za-z0-9._:-]{1,128}$",
            ["description"] = "The id of a draft to replace, or an id for a new plan. Left out: a new id.",
        }),
        ("body", body));

    /// <summary>The plan's schema with its local references pointing to where it stands now.</summary>
    private static JsonNode BodySchema(JsonElement schema)
    {
        var node = JsonNode.Parse(schema.GetRawText())!;
        Move(node);
        return node;
    }

    private static void Move(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array) Move(item);
        }
        else if (node is JsonObject members)
        {
            if (members["$ref"] is JsonValue reference && reference.TryGetValue<string>(out var target) && target.StartsWith('#'))
                members["$ref"] = $"#/properties/body{target[1..]}";
            foreach (var member in members) Move(member.Value);
        }
    }
}
