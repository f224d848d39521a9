using System.Text.Json;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

/// <summary><c>anyOf</c> and <c>oneOf</c>. Branches that a type or a discriminator rules out are not tried.</summary>
internal sealed class UnionKeyword(string name, IReadOnlyList<Subschema> branches, bool isExclusive) : Keyword
{
    private readonly Subschema[] _branches = [.. branches];
    private InstanceKinds[] _kinds = [];
    private UnionDiscriminator? _discriminator;

    public override IEnumerable<Subschema> InPlace => _branches;

    public override void Link(SchemaNode owner)
    {
        _kinds = [.. _branches.Select(branch => branch.Node.AcceptedKinds())];
        _discriminator = UnionDiscriminator.TryFind(name, owner, _branches, _kinds);
    }

    public override bool Accepts(in Instance value, Evaluation evaluation)
    {
        if (_discriminator is not null && value.Kind == JsonValueKind.Object) return _discriminator.Accepts(value, evaluation);
        if (!evaluation.TrySpend(_branches.Length)) return false;
        var first = -1;
        for (var i = 0; i < _branches.Length; i++)
        {
            if (!_kinds[i].MayInclude(value.Kind) || !_branches[i].AcceptsSilently(value, evaluation)) continue;
            if (isExclusive && first >= 0)
            {
                var (one, other) = (_branches[first].Path, _branches[i].Path);
                return evaluation.Fail(name, $"{value} matches both {one} and {other}; it must match exactly one.");
            }
            first = first < 0 ? i : first;
            // What later branches look at counts as evaluated too, where that matters.
            if (!isExclusive && evaluation.Positions is null) return true;
        }
        return first >= 0 || (evaluation.IsCollecting && ReportNoMatch(value, evaluation));
    }

    private bool ReportNoMatch(in Instance value, Evaluation evaluation)
    {
        var kind = value.Kind;
        Subschema[] candidates = [.. _branches.Where((_, index) => _kinds[index].MayInclude(kind))];
        if (candidates.Length == 0)
        {
            var allowed = _kinds.Aggregate(InstanceKinds.None, (all, next) => all | next);
            return evaluation.Fail(name, $"expected {allowed.Describe()}, got {value}.");
        }
        return candidates.Length == 1 ? candidates[0].AcceptsInPlace(value, evaluation) : ReportClosest(candidates, value, evaluation);
    }

    /// <summary>One violation that tells the branch with the fewest violations, instead of the violations of all branches.</summary>
    private bool ReportClosest(Subschema[] candidates, in Instance value, Evaluation evaluation)
    {
        var collector = evaluation.Collector;
        IReadOnlyList<JsonSchemaViolation>? fewest = null;
        foreach (var candidate in candidates)
        {
            evaluation.Collector = new ViolationCollector(capacity: 10);
            candidate.AcceptsInPlace(value, evaluation);
            var violations = evaluation.Collector.Violations;
            if (violations.Count > 0 && (fewest is null || violations.Count < fewest.Count)) fewest = violations;
        }
        evaluation.Collector = collector;
        var closest = string.Join(' ', (fewest ?? []).Take(3).Select(violation => violation.ToString()));
        return evaluation.Fail(name, $"{value} matches none of the {candidates.Length} allowed forms. The closest would need: {closest}");
    }
}
