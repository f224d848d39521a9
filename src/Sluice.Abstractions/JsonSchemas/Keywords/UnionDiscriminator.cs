using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Sluice.Json;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

/// <summary>
/// A property, such as <c>kind</c>, that every object branch of a union requires and pins to strings of its own. Its value chooses the only
/// branch that can accept the object, so one look-up replaces a trial of every branch.
/// </summary>
internal sealed class UnionDiscriminator
{
    private readonly string _keyword;
    private readonly byte[] _propertyName;
    private readonly Utf8Table _values;
    private readonly Subschema[] _branchOfValue;
    private readonly bool _isRequiredByOwner;

    private UnionDiscriminator(string keyword, string property, List<(string Value, Subschema Branch)> choices, bool isRequiredByOwner)
    {
        _keyword = keyword;
        Property = property;
        _propertyName = Encoding.UTF8.GetBytes(property);
        _values = new Utf8Table(choices.Select(choice => Encoding.UTF8.GetBytes(choice.Value)));
        _branchOfValue = [.. choices.Select(choice => choice.Branch)];
        _isRequiredByOwner = isRequiredByOwner;
    }

    private string Property { get; }

    public static UnionDiscriminator? TryFind(string keyword, SchemaNode owner, Subschema[] branches, InstanceKinds[] kinds)
    {
        Subschema[] objects = [.. branches.Where((_, index) => kinds[index].HasFlag(InstanceKinds.Object))];
        if (objects.Length < 2 || objects[0].Node.FollowReferences().Find<ObjectKeyword>() is not { } first) return null;
        var ownerRules = owner.Find<ObjectKeyword>();
        foreach (var name in first.DeclaredNames)
        {
            if (name.Contains('\\', StringComparison.Ordinal)) continue;
            var isRequired = ownerRules?.Requires(name) ?? false;
            if (TryReadChoices(name, objects, isRequired) is { } choices) return new UnionDiscriminator(keyword, name, choices, isRequired);
        }
        return null;
    }

    public bool Accepts(in Instance value, Evaluation evaluation)
    {
        if (!evaluation.TrySpend(value.Element.GetPropertyCount())) return false;
        if (!TryRead(value.Element, out var found)) return _isRequiredByOwner || ReportMissing(evaluation);
        var choice = found.ValueKind == JsonValueKind.String ? _values.IndexOfRaw(JsonText.RawOf(found)) : -1;
        if (choice >= 0) return _branchOfValue[choice].AcceptsInPlace(value, evaluation);
        return evaluation.IsCollecting && ReportUnknown(found, evaluation);
    }

    private static List<(string Value, Subschema Branch)>? TryReadChoices(string name, Subschema[] branches, bool isRequiredByOwner)
    {
        var choices = new List<(string Value, Subschema Branch)>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var branch in branches)
        {
            var rules = branch.Node.FollowReferences().Find<ObjectKeyword>();
            var allowed = rules?.SchemaOf(name)?.Node.FollowReferences().Find<AllowedValuesKeyword>()?.Strings;
            if (rules is null || allowed is null || !(isRequiredByOwner || rules.Requires(name))) return null;
            if (!allowed.All(taken.Add)) return null;
            choices.AddRange(allowed.Select(value => (value, branch)));
        }
        return choices;
    }

    // The first occurrence will do: a branch checks every occurrence, so a second one with another value is refused there.
    private bool TryRead(JsonElement value, out JsonElement found)
    {
        foreach (var property in value.EnumerateObject())
        {
            var rawName = JsonMarshal.GetRawUtf8PropertyName(property);
            if (!rawName.SequenceEqual(_propertyName) && !(JsonText.HasEscapes(rawName) && JsonText.AreEqual(rawName, _propertyName)))
            {
                continue;
            }
            found = property.Value;
            return true;
        }
        found = default;
        return false;
    }

    private bool ReportMissing(Evaluation evaluation) =>
        evaluation.Fail(_keyword, $"{Excerpt.Quote(Property)} is required but missing; it must be one of {AllowedValues()}.");

    private bool ReportUnknown(JsonElement found, Evaluation evaluation)
    {
        var nearest = found.ValueKind == JsonValueKind.String ? NearestName.Find(JsonText.Decode(found), _values.Names) : null;
        var hint = nearest is null ? "." : $"; did you mean {Excerpt.Quote(nearest)}?";
        var value = Excerpt.Of(new Instance(found));
        var message = $"{value} is not a known {Excerpt.Quote(Property)}; it must be one of {AllowedValues()}{hint}";
        return evaluation.FailAt(JsonPointer.Segment(Property), _keyword, message);
    }

    private string AllowedValues() => Excerpt.List([.. _values.Names.Select(Excerpt.Quote)]);
}
