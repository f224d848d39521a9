namespace Sluice.JsonSchemas;

/// <summary>A JSON Schema cannot be used. The message lists every problem with its place.</summary>
public sealed class JsonSchemaException : Exception
{
    /// <summary>Creates the exception from what was found.</summary>
    /// <param name="problems">Every problem; at least one.</param>
    public JsonSchemaException(IReadOnlyList<JsonSchemaProblem> problems)
        : base(Describe(problems)) => Problems = problems;

    /// <summary>Every problem that was found, in the order of discovery.</summary>
    public IReadOnlyList<JsonSchemaProblem> Problems { get; }

    private static string Describe(IReadOnlyList<JsonSchemaProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        var count = problems.Count == 1 ? "a problem" : $"{problems.Count} problems";
        return $"The JSON Schema has {count}:{string.Concat(problems.Select(problem => $"\n- {problem}"))}";
    }
}
