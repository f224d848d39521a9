using System.Text.Json;

namespace Sluice.Evals.Checking;

/// <summary>The kinds of actions that a plan can have.</summary>
internal static class PlanKinds
{
    // References may lead in circles; no schema that people write needs as many steps.
    private const int MaxSteps = 64;

    /// <summary>The kinds; null where the plan's schema does not list them.</summary>
    public static IReadOnlyCollection<string>? Of(PlanSpec plan)
    {
        if (plan.Binding is { } binding) return [.. binding.ActionKinds.Keys];
        var actions = Member(Member(Follow(plan.Schema, plan.Schema), "properties"), "actions");
        return Kinds(plan.Schema, Member(Follow(plan.Schema, actions), "items"), MaxSteps);
    }

    private static IReadOnlyCollection<string>? Kinds(JsonElement root, JsonElement? schema, int steps)
    {
        var action = Follow(root, schema);
        if (steps == 0) return null;
        if ((Member(action, "anyOf") ?? Member(action, "oneOf")) is { ValueKind: JsonValueKind.Array } branches)
        {
            var kinds = branches.EnumerateArray().Select(branch => Kinds(root, branch, steps - 1)).ToArray();
            return kinds.Any(found => found is null) ? null : [.. kinds.SelectMany(found => found!)];
        }

        var kind = Follow(root, Member(Member(action, "properties"), "kind"));
        if (Member(kind, "const") is { ValueKind: JsonValueKind.String } one) return [one.GetString()!];
        return Member(kind, "enum") is { ValueKind: JsonValueKind.Array } several && several.EnumerateArray().All(value => value.ValueKind == JsonValueKind.String)
            ? [.. several.EnumerateArray().Select(value => value.GetString()!)] : null;
    }

    private static JsonElement? Follow(JsonElement root, JsonElement? schema)
    {
        for (var step = 0; step < MaxSteps; step++)
        {
            if (Member(schema, "$ref") is not { ValueKind: JsonValueKind.String } reference || reference.GetString() is not ['#', '/', ..] pointer) return schema;
            schema = root;
            foreach (var segment in pointer[2..].Split('/'))
                schema = Member(schema, segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        }

        return null;
    }

    private static JsonElement? Member(JsonElement? value, string name) =>
        value is { ValueKind: JsonValueKind.Object } owner && owner.TryGetProperty(name, out var member) ? member : null;
}
