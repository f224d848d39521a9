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

    private readonly Utf8Table _names;
    private readonly Subschema?[] _schemas;
    private readonly bool[] _isDeclared;
    private readonly (SchemaPattern Pattern, Subschema Schema)[] _patterns;
    private readonly Subschema? _additional;
    private readonly Subschema? _nameSchema;
    private readonly PresenceRules _presence;

    public ObjectKeyword(ObjectRules rules)
    {
        _names = rules.Names;
        _schemas = rules.Schemas;
        _isDeclared = [.. _schemas.Select(schema => schema is not null)];
        _patterns = [.. rules.Patterns];
        _additional = rules.Additional;
        _nameSchema = rules.NameSchema;
        _presence = rules.Presence;
    }

    public override IEnumerable<Subschema> InPlace => _presence.DependentSchemas;

    /// <summary>The names with a schema of their own.</summary>
    public IEnumerable<string> DeclaredNames => _names.Names.Where((_, index) => _isDeclared[index]);

    public Subschema? SchemaOf(string name) => _names.IndexOf(name) is var index and >= 0 ? _schemas[index] : null;

    public bool Requires(string name) => _names.IndexOf(name) is var index and >= 0 && _presence.Requires(index);

    public override bool Accepts(in Instance value, Evaluation evaluation)
    {
        if (value.Kind != JsonValueKind.Object) return true;
        if (!evaluation.TrySpend(value.Element.GetPropertyCount() + _presence.RuleCount)) return false;
        var words = (_names.Count + 63) >> 6;
        Span<ulong> present = words <= MaxWordsOnStack ? stackalloc ulong[words] : new ulong[words];
        var isValid = AcceptsProperties(value.Element, present, evaluation);
        if (!isValid && !evaluation.MayGoOn) return false;
        return _presence.Accepts(value, present, _names, evaluation) && isValid;
    }

    private bool AcceptsProperties(JsonElement value, Span<ulong> present, Evaluation evaluation)
    {
        var isValid = true;
        var position = 0;
        var guess = 0;
        foreach (var property in value.EnumerateObject())
        {
            var rawName = JsonMarshal.GetRawUtf8PropertyName(property);
            var index = _names.IndexOfRaw(rawName, guess);
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
        var isValid = _nameSchema is null || _nameSchema.AcceptsName(rawName, evaluation);
        var isKnown = false;
        if (index >= 0 && _schemas[index] is { } schema)
        {
            isKnown = true;
            isValid &= schema.AcceptsProperty(property, evaluation);
        }
        foreach (var (pattern, patternSchema) in _patterns)
        {
            if (!pattern.IsMatch(rawName, evaluation)) continue;
            isKnown = true;
            isValid &= patternSchema.AcceptsProperty(property, evaluation);
        }
        if (!isKnown && _additional is null) return isValid;
        if (!isKnown) isValid &= AcceptsAdditional(_additional!, property, evaluation);
        evaluation.Positions?.Add(position);
        return isValid;
    }

    private bool AcceptsAdditional(Subschema schema, JsonProperty property, Evaluation evaluation)
    {
        if (!schema.Node.AcceptsNothing) return schema.AcceptsProperty(property, evaluation);
        return evaluation.IsCollecting && UnknownProperty.Report(evaluation, "additionalProperties", property, [.. DeclaredNames]);
    }
}
