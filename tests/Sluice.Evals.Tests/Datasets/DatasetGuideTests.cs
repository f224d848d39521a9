using System.Text.RegularExpressions;
using Sluice.Evals.Checking;

namespace Sluice.Evals.Tests.Datasets;

public sealed partial class DatasetGuideTests
{
    public static TheoryData<string> Blocks =>
        [.. Yaml().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", "evals-datasets.md"))).Select(block => block.Groups["text"].Value)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Block_OfTheGuide_IsADatasetWithoutProblems(string yaml)
    {
        var dataset = EvalDataset.Parse(yaml, isYaml: true);

        EvalChecks.Check(dataset, dataset.Config ?? new(), runtime: null, hasJudge: true).ShouldBeEmpty();
    }

    [Fact]
    public void Guide_HasBlocks() => Blocks.Count.ShouldBe(4);

    [GeneratedRegex("^```yaml\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Yaml();
}
