using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Sluice.JsonSchemas.Compiling;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas;

/// <summary>
/// A JSON Schema of draft 2020-12, compiled once and used from any thread. <c>format</c> and the content keywords are annotations and
/// accept everything.
/// </summary>
/// <remarks>
/// Numbers are compared exactly, whatever their size; lengths count Unicode code points. Where an object repeats a property name, of which
/// System.Text.Json reads the last, every occurrence must be valid. Hostile schemas and values end with a problem or a violation within the
/// limits of <see cref="JsonSchemaOptions"/>.
/// </remarks>
public sealed class JsonSchema
{
    private readonly SchemaNode _root;
    private readonly JsonSchemaOptions _options;

    internal JsonSchema(JsonElement source, SchemaNode root, JsonSchemaOptions options)
    {
        Source = source;
        _root = root;
        _options = options;
    }

    /// <summary>The schema as it was written; it outlives the document it came from.</summary>
    public JsonElement Source { get; }

    /// <summary>Compiles a schema after checking it against the meta-schema.</summary>
    /// <param name="schema">An object, or <c>true</c> or <c>false</c>.</param>
    /// <param name="options">Limits and the way to other documents; the defaults where null.</param>
    /// <exception cref="JsonSchemaException">The schema has problems; all that were found are listed.</exception>
    public static JsonSchema Compile(JsonElement schema, JsonSchemaOptions? options = null) =>
        TryCompile(schema, options, out var compiled, out var problems) ? compiled : throw new JsonSchemaException(problems);

    /// <summary>Compiles a schema after checking it against the meta-schema.</summary>
    /// <param name="schema">An object, or <c>true</c> or <c>false</c>.</param>
    /// <param name="options">Limits and the way to other documents; the defaults where null.</param>
    /// <param name="compiled">The schema, or null where it has problems.</param>
    /// <param name="problems">Every problem that was found; empty on success.</param>
    /// <returns>Whether the schema can be used.</returns>
    public static bool TryCompile(
        JsonElement schema,
        JsonSchemaOptions? options,
        [NotNullWhen(true)] out JsonSchema? compiled,
        out IReadOnlyList<JsonSchemaProblem> problems)
    {
        RequireValue(schema, nameof(schema));
        options ??= JsonSchemaOptions.Default;
        var source = schema.Clone();
        var compiler = new SchemaCompiler(options);
        compiled = compiler.Compile(source) is { } node ? new JsonSchema(source, node, options) : null;
        problems = compiler.Problems;
        return compiled is not null;
    }

    /// <summary>Whether a value is valid. Allocates nothing for a valid value, apart from pooled buffers.</summary>
    /// <param name="instance">The value.</param>
    public bool IsValid(JsonElement instance)
    {
        RequireValue(instance, nameof(instance));
        return Evaluate(instance, null, out _);
    }

    /// <summary>Lists what is wrong with a value.</summary>
    /// <param name="instance">The value.</param>
    /// <returns>
    /// Every violation up to <see cref="JsonSchemaOptions.MaxViolations"/>, in the order of the schema's keywords; empty for a valid value.
    /// Of a union only the branch that was meant is reported. A limit that ended the validation is the last entry.
    /// </returns>
    public IReadOnlyList<JsonSchemaViolation> Validate(JsonElement instance)
    {
        if (IsValid(instance)) return [];
        var collector = new ViolationCollector(_options.MaxViolations);
        if (Evaluate(instance, collector, out var stopped)) return [];
        return stopped is null ? collector.Violations : [.. collector.Violations, stopped];
    }

    internal JsonSchema With(JsonSchemaOptions otherOptions) => new(Source, _root, otherOptions);

    private bool Evaluate(JsonElement instance, ViolationCollector? collector, out JsonSchemaViolation? stopped)
    {
        var evaluation = Evaluation.Rent(_options, collector);
        var isValid = _root.Accepts(new Instance(instance), evaluation);
        stopped = evaluation.StopViolation();
        evaluation.Return();
        return isValid && stopped is null;
    }

    private static void RequireValue(JsonElement element, string parameterName)
    {
        if (element.ValueKind == JsonValueKind.Undefined) throw new ArgumentException("The element holds no value.", parameterName);
    }
}
