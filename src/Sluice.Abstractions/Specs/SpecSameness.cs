using System.Text.Json;

namespace Sluice;

/// <summary>Whether two declarations under one name are the same value: the same JSON and the same code.</summary>
internal static class SpecSameness
{
    /// <summary>The values without those that stand there twice; different values under one name stay, for validation to report.</summary>
    public static IReadOnlyList<T> Distinct<T>(IReadOnlyList<T> values, Func<T, T, bool> areSame)
    {
        var distinct = new List<T>(values.Count);
        foreach (var value in values)
        {
            if (!distinct.Any(known => areSame(known, value))) distinct.Add(value);
        }

        return distinct.Count == values.Count ? values : distinct;
    }

    public static bool AreSame(PlanSpec left, PlanSpec right) =>
        ReferenceEquals(left, right)
        || (left.Name == right.Name && left.CompensateOnFailure == right.CompensateOnFailure
            && AreSame(left.Binding, right.Binding) && AreSame(left.DisplayAliases, right.DisplayAliases)
            && AreSame(left.Schema, right.Schema));

    public static bool AreSame(ReferenceSpec left, ReferenceSpec right) =>
        ReferenceEquals(left, right)
        || (left.Name == right.Name && left.Ttl == right.Ttl && left.ValueType == right.ValueType
            && Equals(left.Glimpse, right.Glimpse) && AreSame(left.Schema, right.Schema));

    public static bool AreSame(ToolSpec left, ToolSpec right) =>
        ReferenceEquals(left, right)
        || (left with { InputSchema = default, Approval = null } == right with { InputSchema = default, Approval = null }
            && AreSame(left.Approval, right.Approval) && AreSame(left.InputSchema, right.InputSchema));

    private static bool AreSame(ApprovalPolicy? left, ApprovalPolicy? right) =>
        ReferenceEquals(left, right)
        || (left is not null && right is not null && left with { Approvers = [] } == right with { Approvers = [] }
            && left.Approvers.SequenceEqual(right.Approvers, StringComparer.Ordinal));

    private static bool AreSame(PlanBinding? left, PlanBinding? right) =>
        left?.BodyType == right?.BodyType && (left is null || right is null || AreSame(left.ActionKinds, right.ActionKinds));

    private static bool AreSame<T>(IReadOnlyDictionary<string, T> left, IReadOnlyDictionary<string, T> right) =>
        left.Count == right.Count
        && left.All(entry => right.TryGetValue(entry.Key, out var other) && EqualityComparer<T>.Default.Equals(entry.Value, other));

    private static bool AreSame(JsonElement left, JsonElement right) =>
        left.ValueKind == right.ValueKind && (left.ValueKind == JsonValueKind.Undefined || JsonElement.DeepEquals(left, right));
}
