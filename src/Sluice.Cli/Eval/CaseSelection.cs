using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.Cli.Eval;

/// <summary>The options that choose cases of a dataset.</summary>
internal sealed class CaseSelection
{
    private readonly Option<string[]> _cases = new("--case") { Description = "A case by its id. Repeatable. Default: all.", HelpName = "ID" };
    private readonly Option<string[]> _tags = new("--tag") { Description = "Only cases with this tag. Repeatable: one of the tags is enough.", HelpName = "TAG" };
    private readonly Option<string[]> _skippedTags = new("--skip-tag") { Description = "No case with this tag. Repeatable.", HelpName = "TAG" };

    public IEnumerable<Option> All => [_cases, _tags, _skippedTags];

    /// <summary>The dataset with the chosen cases alone, in its order.</summary>
    /// <exception cref="WrongUseException">A case or tag is not there, or nothing is left.</exception>
    public EvalDataset Choose(Invocation invocation, EvalDataset dataset)
    {
        var (cases, tags, skipped) = (invocation.Get(_cases) ?? [], invocation.Get(_tags) ?? [], invocation.Get(_skippedTags) ?? []);
        if (cases.Length + tags.Length + skipped.Length == 0) return dataset;
        RefuseUnknown("--case", cases, [.. dataset.Cases.Select(testCase => testCase.Id)], "the cases are");
        // A tag that is to be left out may be gone: what is left is what was wanted.
        RefuseUnknown("--tag", tags, [.. dataset.Cases.SelectMany(testCase => testCase.Tags).Distinct().Order(StringComparer.Ordinal)], "the tags are");
        TestCase[] chosen =
        [
            .. dataset.Cases
                .Where(testCase => cases.Length == 0 || cases.Contains(testCase.Id))
                .Where(testCase => tags.Length == 0 || testCase.Tags.Intersect(tags).Any())
                .Where(testCase => !testCase.Tags.Intersect(skipped).Any()),
        ];
        return chosen.Length > 0 ? dataset with { Cases = chosen } : throw new WrongUseException(
            $"None of the {dataset.Cases.Count} cases of '{dataset.Name}' is left.", "a case has to be named by --case, have a tag of --tag, and none of --skip-tag, as far as they are given");
    }

    private static void RefuseUnknown(string option, string[] given, string[] known, string list)
    {
        if (Array.Find(given, name => !known.Contains(name)) is { } unknown)
            throw new WrongUseException($"{option}: There is no '{unknown}' in the dataset{NearestName.Suggest(unknown, known, list)}", "every case has an id, and may have tags");
    }
}
