namespace Sluice.JsonSchemas.Evaluating;

/// <summary>The violations found so far, up to a limit.</summary>
internal sealed class ViolationCollector(int capacity)
{
    private readonly List<JsonSchemaViolation> _violations = [];

    public IReadOnlyList<JsonSchemaViolation> Violations => _violations;

    public bool IsFull => _violations.Count >= capacity;

    public void Add(EvaluationPath path, string instanceSuffix, string keyword, string message)
    {
        if (IsFull) return;
        _violations.Add(new JsonSchemaViolation
        {
            InstancePath = path.Instance + instanceSuffix,
            SchemaPath = string.Equals(keyword, "false", StringComparison.Ordinal) ? path.Schema : $"{path.Schema}/{keyword}",
            Keyword = keyword,
            Message = message,
        });
    }
}
