using System.Text.Json;

namespace Sluice.Postgres.TargetDatabase.Gates;

/// <summary>What the planner says a statement would do.</summary>
internal sealed class QueryPlan
{
    /// <summary>Properties that hold names and numbers, not expressions.</summary>
    private static readonly HashSet<string> Plain =
    [
        "Node Type", "Parent Relationship", "Subplan Name", "Relation Name", "Schema", "Alias", "Index Name", "CTE Name", "Function Name",
        "Table Function Name", "Join Type", "Strategy", "Partial Mode", "Scan Direction", "Command", "Operation", "Plans", "Tuplestore Name",
        "Custom Plan Provider", "Relations",
    ];

    private readonly List<PlanScan> _scans = [];
    private readonly List<(string Schema, string Name)> _functions = [];
    private readonly List<string> _expressions = [];
    private readonly List<string> _nodeTypes = [];

    public IReadOnlyList<PlanScan> Scans => _scans;

    public IReadOnlyList<(string Schema, string Name)> Functions => _functions;

    /// <summary>Expressions whose value is used. A column that a scan hands up and nobody takes is not among them.</summary>
    public IReadOnlyList<string> Expressions => _expressions;

    public IReadOnlyList<string> NodeTypes => _nodeTypes;

    /// <summary>Whether a node reads something that it does not name.</summary>
    public bool HasUnnamedSource { get; private set; }

    public double Cost { get; private set; }

    /// <summary>Reads what EXPLAIN (VERBOSE, FORMAT JSON) gave.</summary>
    public static QueryPlan Read(string json)
    {
        using var document = JsonDocument.Parse(json, new() { MaxDepth = 2000 });
        var plan = new QueryPlan();
        foreach (var statement in document.RootElement.EnumerateArray())
        {
            var root = statement.GetProperty("Plan");
            plan.Cost += root.GetProperty("Total Cost").GetDouble();
            plan.AddNode(root, isBelowOutput: false);
        }

        return plan;
    }

    private void AddNode(JsonElement node, bool isBelowOutput)
    {
        var type = TextOf(node, "Node Type") ?? "";
        _nodeTypes.Add(type);
        var (schema, relation) = (TextOf(node, "Schema"), TextOf(node, "Relation Name"));
        if (relation is not null) _scans.Add(new(schema ?? "", relation, TextOf(node, "Alias") ?? relation));
        else if (type is "Foreign Scan" or "Custom Scan") HasUnnamedSource = true;
        if (TextOf(node, "Function Name") is { } function) _functions.Add((schema ?? "", function));
        foreach (var property in node.EnumerateObject()) AddExpressions(property, relation is not null && isBelowOutput && IsBelow(node));
        if (!node.TryGetProperty("Plans", out var children)) return;
        // Some nodes, such as Recursive Union, do not say what they hand up; there the nodes below are held to all of theirs.
        var hasOutput = node.TryGetProperty("Output", out _);
        foreach (var child in children.EnumerateArray()) AddNode(child, hasOutput);
    }

    /// <summary>The planner may let a scan hand up whole rows where the node above it picks what it needs, and says so in its own output.</summary>
    private static bool IsBelow(JsonElement node) => TextOf(node, "Parent Relationship") is "Outer" or "Inner";

    private void AddExpressions(JsonProperty property, bool isOfScanBelow)
    {
        if (Plain.Contains(property.Name)) return;
        IEnumerable<JsonElement> values = property.Value.ValueKind == JsonValueKind.Array ? property.Value.EnumerateArray() : [property.Value];
        foreach (var value in values)
        {
            if (value.ValueKind != JsonValueKind.String) continue;
            var text = value.GetString()!;
            if (isOfScanBelow && property.Name == "Output" && !text.Contains('(', StringComparison.Ordinal) && !text.EndsWith(".*", StringComparison.Ordinal)) continue;
            _expressions.Add(text);
        }
    }

    private static string? TextOf(JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
