using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

/// <summary>What must hold because some property is there, or must be there: decided from one bit per known name.</summary>
internal sealed class PresenceRules
{
    private readonly ulong[] _required;
    private readonly (int Index, ulong[] Mask)[] _dependentRequired;
    private readonly (int Index, Subschema Schema)[] _dependentSchemas;

    public PresenceRules(
        IReadOnlyList<int> required,
        IReadOnlyList<(int Index, List<int> Required)> dependentRequired,
        IReadOnlyList<(int Index, Subschema Schema)> dependentSchemas,
        int nameCount)
    {
        _required = MaskOf(required, nameCount);
        _dependentRequired = [.. dependentRequired.Select(rule => (rule.Index, MaskOf(rule.Required, nameCount)))];
        _dependentSchemas = [.. dependentSchemas];
    }

    public int RuleCount => _dependentRequired.Length + _dependentSchemas.Length;

    public IEnumerable<Subschema> DependentSchemas => _dependentSchemas.Select(rule => rule.Schema);

    public bool Requires(int index) => Has(_required, index);

    public bool Accepts(in Instance value, ReadOnlySpan<ulong> present, Utf8Table names, Evaluation evaluation)
    {
        var isValid = HasAll(present, _required) || ReportMissing(present, _required, null, names, evaluation);
        foreach (var (index, mask) in _dependentRequired)
        {
            if (!Has(present, index) || HasAll(present, mask)) continue;
            isValid = ReportMissing(present, mask, names.Names[index], names, evaluation);
        }
        foreach (var (index, schema) in _dependentSchemas)
        {
            if (!isValid && !evaluation.MayGoOn) return false;
            if (Has(present, index)) isValid &= schema.AcceptsInPlace(value, evaluation);
        }
        return isValid;
    }

    private static bool ReportMissing(ReadOnlySpan<ulong> present, ulong[] mask, string? cause, Utf8Table names, Evaluation evaluation)
    {
        if (!evaluation.IsCollecting) return false;
        for (var index = 0; index < names.Count; index++)
        {
            if (!Has(mask, index) || Has(present, index)) continue;
            var name = Excerpt.Quote(names.Names[index]);
            if (cause is null) evaluation.Fail("required", $"{name} is required but missing.");
            else evaluation.Fail("dependentRequired", $"{name} is required because {Excerpt.Quote(cause)} is there, but missing.");
        }
        return false;
    }

    private static ulong[] MaskOf(IEnumerable<int> indexes, int nameCount)
    {
        var mask = new ulong[(nameCount + 63) >> 6];
        foreach (var index in indexes) mask[index >> 6] |= 1UL << index;
        return mask;
    }

    private static bool Has(ReadOnlySpan<ulong> mask, int index) => (mask[index >> 6] & (1UL << index)) != 0;

    private static bool HasAll(ReadOnlySpan<ulong> present, ReadOnlySpan<ulong> wanted)
    {
        for (var i = 0; i < wanted.Length; i++)
        {
            if ((present[i] & wanted[i]) != wanted[i]) return false;
        }
        return true;
    }
}
