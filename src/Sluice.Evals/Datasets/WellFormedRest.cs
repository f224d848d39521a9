using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sluice.Evals.Artifacts;
using Sluice.Evals.Checking;

namespace Sluice.Evals.Datasets;

/// <summary>
/// What else is wrong with a dataset that is partly misshapen, so that all is told at once: what is misshapen is left out or replaced by something
/// that is right, and the rest is checked as a whole dataset is.
/// </summary>
internal static partial class WellFormedRest
{
    /// <summary>Problems besides those of the shape; none where too little is left to look at.</summary>
    /// <param name="form">The dataset as it was written, with the names of the schema. Changed.</param>
    /// <param name="misshapen">What is wrong with its shape.</param>
    public static IEnumerable<SpecError> Check(JsonNode? form, IReadOnlyList<SpecError> misshapen)
    {
        if (form is not JsonObject { } dataset || dataset["cases"] is not JsonArray cases) return [];
        if (misshapen.Count >= DatasetSchema.MaxProblems || misshapen.Any(error => error.Path is "$" or "cases" or "config")) return [];
        var replaced = new HashSet<int>();
        foreach (var place in misshapen.Select(error => Place().Match(error.Path)))
        {
            if (place.Groups["case"] is { Success: true } index) replaced.Add(int.Parse(index.Value, CultureInfo.InvariantCulture));
            else if (place.Groups["setting"] is { Success: true } setting) (dataset["config"] as JsonObject)?.Remove(setting.Value);
            else dataset.Remove(place.Groups["member"].Value);
        }

        foreach (var index in replaced) cases[index] = StandIn(cases[index], index);
        dataset["name"] ??= "dataset";
        var isModeKnown = misshapen.All(error => error.Path != "config.mode");
        return Problems(dataset.Deserialize<EvalDataset>(EvalJson.Options)!)
            .Where(error => error.Code == EvalErrorCodes.DuplicateCase || !replaced.Any(index => error.Path.StartsWith($"cases[{index}]", StringComparison.Ordinal)))
            .Where(error => isModeKnown || error.Code != EvalErrorCodes.NothingExpected);
    }

    private static IReadOnlyList<SpecError> Problems(EvalDataset rest) =>
        EvalChecks.Check(rest, rest.Config ?? new(), runtime: null, hasJudge: true);

    /// <summary>A case in which nothing is wrong, under the id of the misshapen one: other cases may have it too.</summary>
    private static JsonObject StandIn(JsonNode? written, int index) => new()
    {
        ["id"] = written is JsonObject { } given && given["id"] is JsonValue id && id.TryGetValue(out string? text) ? text : $"\0{index}",
        ["input"] = "-",
        ["expectedTrajectory"] = new JsonArray(),
    };

    [GeneratedRegex(@"^(cases\[(?<case>\d+)\]|config\.(?<setting>[^.\[]+)|(?<member>[^.\[]+))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();
}
