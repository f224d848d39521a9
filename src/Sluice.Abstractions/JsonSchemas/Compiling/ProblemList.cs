namespace Sluice.JsonSchemas.Compiling;

/// <summary>The problems of one compilation; one per place, the first that was found.</summary>
internal sealed class ProblemList
{
    private readonly List<JsonSchemaProblem> _problems = [];
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);

    public IReadOnlyList<JsonSchemaProblem> Problems => _problems;

    public void Add(SchemaLocation location, string keywordPath, string message) => Add(location.Path + keywordPath, message);

    public void Add(string path, string message)
    {
        if (_paths.Add(path)) _problems.Add(new JsonSchemaProblem { Path = path, Message = message });
    }

    /// <summary>Adds what a meta-schema found; different violations at one place are all kept.</summary>
    public void AddViolations(SchemaDocument document, IReadOnlyList<JsonSchemaViolation> violations)
    {
        foreach (var violation in violations)
        {
            var problem = new JsonSchemaProblem { Path = document.Name + violation.InstancePath, Message = violation.Message };
            _paths.Add(problem.Path);
            // Each vocabulary's meta-schema says again that a schema must be an object or a boolean.
            if (!_problems.Contains(problem)) _problems.Add(problem);
        }
    }
}
