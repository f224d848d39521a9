using System.Text;
using System.Text.Json;

namespace Sluice.Runtime.Recordings;

/// <summary>Says why a request has no answer: which recorded one is the most like it, and where they differ.</summary>
internal static class NearestRequest
{
    private const int MostCharacters = 2000;
    private const int MostDifferences = 5;
    private const int NameLength = 60;

    private const string WayOut =
        "Record the conversation again with Interpreter.Record. If a value differs from run to run, add a pattern for it to CassetteOptions.Volatile, "
        + "and record and replay with it.";

    public static string Describe(Cassette cassette, CassetteRequest request)
    {
        var model = Cut(PartJson.OptionalTextOf(request.Json, "model") ?? "(none)");
        var beginning = $"The recording '{Path.GetFileName(cassette.Path)}' has no answer to this request: model '{model}', {Count(request.Messages.Count)}.";
        if (cassette.Answers.Count == 0) return $"{beginning} It has no answers at all.\n{WayOut}";
        var (nearest, equal) = Find(cassette, request);
        var text = new StringBuilder(beginning).Append(
            $"\nThe nearest recorded one is line {nearest.Line}: model '{Cut(nearest.Model ?? "(none)")}', {Count(nearest.Messages.Count)}, ")
            .Append($"the first {equal} equal. It differs at:");
        var left = MostCharacters - text.Length - WayOut.Length - 1;
        foreach (var difference in Differences.Between(CassetteLines.Expand(nearest.Request, cassette.Definitions), request.Json).Take(MostDifferences))
        {
            if ((left -= difference.Length + 3) < 0) break;
            text.Append("\n- ").Append(difference);
        }

        return text.Append('\n').Append(WayOut).ToString();
    }

    /// <summary>First the same system prompt and model, then the most equal messages from the first on, then the most like in length.</summary>
    private static (RecordedAnswer Answer, int Equal) Find(Cassette cassette, CassetteRequest request)
    {
        var model = PartJson.OptionalTextOf(request.Json, "model");
        return cassette.Answers
            .Select(answer => (Answer: answer, Equal: EqualMessages(answer, request)))
            .OrderByDescending(candidate => (candidate.Equal > 0 ? 2 : 0) + (candidate.Answer.Model == model ? 1 : 0))
            .ThenByDescending(candidate => candidate.Equal)
            .ThenBy(candidate => Math.Abs(candidate.Answer.Messages.Count - request.Messages.Count))
            .First();
    }

    private static int EqualMessages(RecordedAnswer answer, CassetteRequest request)
    {
        var equal = 0;
        while (equal < answer.Messages.Count && equal < request.Messages.Count && answer.Messages[equal] == request.Messages[equal].Hash) equal++;
        return equal;
    }

    private static string Count(int messages) => messages == 1 ? "1 message" : $"{messages} messages";

    private static string Cut(string name) => name.Length <= NameLength ? name : $"{name.AsSpan(0, NameLength)}…";
}
