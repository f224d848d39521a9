using System.Text.Json;
using Sluice.Json;
using Sluice.JsonSchemas;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice;

/// <summary>One pass over a spec: what was found so far, and what the rules ask for again and again.</summary>
internal sealed class SpecCheck(RuntimeSpec spec)
{
    private readonly List<SpecError> _errors = [];

    public RuntimeSpec Spec { get; } = spec;

    public IReadOnlyList<string> AgentNames { get; } = [.. spec.Agents.Select(agent => agent.Name)];

    public IReadOnlyList<SpecError> Errors => _errors;

    /// <summary>The place of an entry of a map.</summary>
    public static string Entry(string path, string name) => $"{path}[{Excerpt.Shorten(name)}]";

    public void Report(string code, string path, string message) => _errors.Add(new(code, path, message));

    public void RequireText(string? text, string code, string path, string what)
    {
        if (string.IsNullOrWhiteSpace(text)) Report(code, path, $"{what} is blank. Give it a text.");
    }

    public void RequirePositive(TimeSpan? duration, string code, string path)
    {
        if (duration <= TimeSpan.Zero) Report(code, path, $"{duration.Value.TotalMilliseconds} ms is not a positive duration. Give more than 0, or leave it out.");
    }

    public void RequireObject(JsonElement? config, string path)
    {
        if (config is { ValueKind: not JsonValueKind.Object } value)
            Report(SpecErrorCodes.InvalidConfig, path, $"The settings are {Describe(value)} and must be a JSON object.");
    }

    /// <summary>Reports a name that is not among the known ones, with the one that was probably meant.</summary>
    public void RequireKnown(string name, IReadOnlyCollection<string> known, string code, string path, string problem)
    {
        if (known.Contains(name, StringComparer.Ordinal)) return;
        var hint = known.Count == 0 ? "." : NearestName.Suggest(name, known, "known here");
        Report(code, path, $"{problem} {Excerpt.Quote(name)}{hint}");
    }

    /// <summary>Whether a schema can be used; reports everything that stands against it.</summary>
    public bool RequireSchema(JsonElement schema, string path)
    {
        if (schema.ValueKind == JsonValueKind.Undefined)
        {
            Report(SpecErrorCodes.InvalidSchema, path, "There is no schema. Give a JSON Schema of draft 2020-12.");
            return false;
        }

        if (!JsonSchema.TryCompile(schema, options: null, out _, out var problems))
        {
            foreach (var problem in problems)
                Report(SpecErrorCodes.InvalidSchema, problem.Path.Length == 0 ? path : $"{path}#{problem.Path}", problem.Message);
            return false;
        }

        return IsCanonical(schema, path);
    }

    private bool IsCanonical(JsonElement schema, string path)
    {
        try
        {
            CanonicalJson.Write(schema, new DiscardingBufferWriter());
            return true;
        }
        catch (JsonException e)
        {
            Report(SpecErrorCodes.InvalidSchema, path, e.Message);
            return false;
        }
    }

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => "missing",
        JsonValueKind.Null => "null",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        _ => "true or false",
    };
}
