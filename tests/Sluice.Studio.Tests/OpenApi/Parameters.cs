namespace Sluice.Studio.Tests.OpenApi;

/// <summary>What the parts of addresses mean: one name, one meaning, on every route.</summary>
internal static class Parameters
{
    public static IReadOnlyDictionary<string, string> Descriptions { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["after"] = "Only what comes after this sequence; 0: from the first",
        ["all"] = "Whether those in every status are listed",
        ["baseline"] = "The id of the earlier eval",
        ["candidate"] = "The id of the later eval",
        ["case"] = "The id of the test case",
        ["closed"] = "Whether only those are listed that are no longer pending",
        ["content"] = "Whether prompts, answers, arguments and results are included",
        ["cursor"] = "Where the page begins: nextCursor of the page before; left out: the beginning",
        ["eval"] = "The id of the eval",
        ["evalRun"] = "Only runs that are samples of this eval",
        ["id"] = "The id",
        ["databaseId"] = "Only what belongs to this logical database",
        ["days"] = "The days that are counted, up to today",
        ["format"] = "html, junit or markdown; left out: html",
        ["filter"] = "Only those with this text in name, tags or description",
        ["job"] = "The id of the job",
        ["kind"] = "The kind; where it may be given several times, any of them",
        ["limit"] = "The most items",
        ["name"] = "The name",
        ["newest"] = "Whether the newest come first",
        ["plan"] = "The id of the plan",
        ["run"] = "The id of the run",
        ["sample"] = "The number of the sample, from 1",
        ["state"] = "Only runs that stand here",
        ["status"] = "Only those in this status",
        ["table"] = "The table, with its schema; a bare name works where it is unique",
        ["tag"] = "Only those with this tag",
        ["test"] = "The id of the test case",
        ["testCase"] = "Only runs that are samples of this test case",
        ["text"] = "A question in plain words, or a name",
        ["thread"] = "The id of the thread",
        ["version"] = "The version that was seen; left out: whatever there is",
        ["workspace"] = "The key of the workspace",
    };

    /// <summary>The types of those that are the name of something, by tag.</summary>
    public static IReadOnlyDictionary<(string Tag, string Name), string> Enums { get; } = new Dictionary<(string, string), string>
    {
        [("approvals", "status")] = "ApprovalStatus",
        [("plans", "status")] = "PlanStatus",
        [("runs", "state")] = "RunState",
    };
}
