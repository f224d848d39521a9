using System.Text.Json;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

/// <summary><c>anyOf</c> and <c>oneOf</c>. Branches that a type or a discriminator rules out are not tried.</summary>
internal sealed class UnionKeyword(string name, IReadOnlyList<Subschema> branches, bool isExclusive) : Keyword
{
    private readonly Subschema[] branches = [.. branches];
    private InstanceKinds[] kinds = [];
    private UnionDiscriminator? discriminator;

    public override IEnumerable<Subschema> InPlace => branches;

    public override void Link(SchemaNode owner)
    {
        kinds = [.. branches.Select(branch => branch.Node.AcceptedKinds())];
        discriminator = UnionDiscriminator.TryFind(name, owner, branches, kinds);
    }

    public override bool Accepts(in Instance value, Evaluation evaluation)
    {
        if (discriminator is not null && value.Kind == JsonValueKind.Object) return discriminator.Accepts(value, evaluation);
        if (!evaluation.TrySpend(branches.Length)) return false;
        var first = -1;
        for (var i = 0; i < branches.Length; i++)
        {
            if (!kinds[i].MayInclude(value.Kind) || !branches[i].AcceptsSilently(value, evaluation)) continue;
            if (isExclusive && first >= 0)
            {
                var (one, other) = (branches[first].Path, branches[i].Path);
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
        Subschema[] candidates = [.. branches.Where((_, index) => kinds[index].MayInclude(kind))];
        if (candidates.Length == 0)
        {
            var allowed = kinds.Aggregate(InstanceKinds.None, (all, next) => all | next);
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
