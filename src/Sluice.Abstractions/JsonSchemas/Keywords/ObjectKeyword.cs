using System.Runtime.InteropServices;
using System.Text.Json;
using Sluice.JsonSchemas.Evaluating;
using Sluice.JsonSchemas.Patterns;

namespace Sluice.JsonSchemas.Keywords;

/// <summary>
/// Everything that is said about the properties of an object by name, checked in one walk: <c>properties</c>, <c>patternProperties</c>,
/// <c>additionalProperties</c>, <c>propertyNames</c>, <c>required</c>, <c>dependentRequired</c> and <c>dependentSchemas</c>.
/// </summary>
internal sealed class ObjectKeyword : Keyword
{
    // Objects with more names than this are rare enough to let the bits live on the heap.
    private const int MaxWordsOnStack = 32;

    private readonly Utf8Table names;
    private readonly Subschema?[] schemas;
    private readonly bool[] isDeclared;
    private readonly (SchemaPattern Pattern, Subschema Schema)[] patterns;
    private readonly Subschema? additional;
    private readonly Subschema? nameSchema;
    private readonly PresenceRules presence;

    public ObjectKeyword(ObjectRules rules)
    {
        names = rules.Names;
        schemas = rules.Schemas;
        isDeclared = [.. schemas.Select(schema => schema is not null)];
        patterns = [.. rules.Patterns];
        additional = rules.Additional;
        nameSchema = rules.NameSchema;
        presence = rules.Presence;
    }

    public override IEnumerable<Subschema> InPlace => presence.DependentSchemas;

    /// <summary>The names with a schema of their own.</summary>
    public IEnumerable<string> DeclaredNames => names.Names.Where((_, index) => isDeclared[index]);

    public Subschema? SchemaOf(string name) => names.IndexOf(name) is var index and >= 0 ? schemas[index] : null;

    public bool Requires(string name) => names.IndexOf(name) is var index and >= 0 && presence.Requires(index);

    public override bool Accepts(in Instance value, Evaluation evaluation)
    {
        if (value.Kind != JsonValueKind.Object) return true;
        if (!evaluation.TrySpend(value.Element.GetPropertyCount() + presence.RuleCount)) return false;
        var words = (names.Count + 63) >> 6;
        Span<ulong> present = words <= MaxWordsOnStack ? stackalloc ulong[words] : new ulong[words];
        var isValid = AcceptsProperties(value.Element, present, evaluation);
        if (!isValid && !evaluation.MayGoOn) return false;
        return presence.Accepts(value, present, names, evaluation) && isValid;
    }

    private bool AcceptsProperties(JsonElement value, Span<ulong> present, Evaluation evaluation)
    {
        var isValid = true;
        var position = 0;
        var guess = 0;
        foreach (var property in value.EnumerateObject())
        {
            var rawName = JsonMarshal.GetRawUtf8PropertyName(property);
            var index = names.IndexOfRaw(rawName, guess);
            if (index >= 0)
            {
                present[index >> 6] |= 1UL << index;
                guess = index + 1;
            }
            if (!AcceptsProperty(property, rawName, index, position, evaluation))
            {
                isValid = false;
                if (!evaluation.MayGoOn) return false;
            }
            position++;
        }
        return isValid;
    }

    private bool AcceptsProperty(JsonProperty property, ReadOnlySpan<byte> rawName, int index, int position, Evaluation evaluation)
    {
        var isValid = nameSchema is null || nameSchema.AcceptsName(rawName, evaluation);
        var isKnown = false;
        if (index >= 0 && schemas[index] is { } schema)
        {
            isKnown = true;
            isValid &= schema.AcceptsProperty(property, evaluation);
        }
        foreach (var (pattern, patternSchema) in patterns)
        {
            if (!pattern.IsMatch(rawName, evaluation)) continue;
            isKnown = true;
            isValid &= patternSchema.AcceptsProperty(property, evaluation);
        }
        if (!isKnown && additional is null) return isValid;
        if (!isKnown) isValid &= AcceptsAdditional(additional!, property, evaluation);
        evaluation.Positions?.Add(position);
        return isValid;
    }

    private bool AcceptsAdditional(Subschema schema, JsonProperty property, Evaluation evaluation)
    {
        if (!schema.Node.AcceptsNothing) return schema.AcceptsProperty(property, evaluation);
        return evaluation.IsCollecting && UnknownProperty.Report(evaluation, "additionalProperties", property, [.. DeclaredNames]);
    }
}
