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
        var (nearest, messages, equal) = Find(cassette, request);
        var text = new StringBuilder(beginning).Append(
            $"\nThe nearest recorded one is line {nearest.Line}: model '{Cut(nearest.Model ?? "(none)")}', {Count(messages)}, ")
            .Append($"the first {equal} equal. It differs at:");
        var left = MostCharacters - text.Length - WayOut.Length - 1;
        foreach (var difference in Differences.Between(cassette.RequestOf(nearest), request.Json).Take(MostDifferences))
        {
            if ((left -= difference.Length + 3) < 0) break;
            text.Append("\n- ").Append(difference);
        }

        return text.Append('\n').Append(WayOut).ToString();
    }

    /// <summary>First the same system prompt and model, then the most equal messages from the first on, then the most like in length.</summary>
    private static (RecordedAnswer Answer, int Messages, int Equal) Find(Cassette cassette, CassetteRequest request)
    {
        var model = PartJson.OptionalTextOf(request.Json, "model");
        var asked = request.Messages.Select(message => message.Hash).ToHashSet(StringComparer.Ordinal);
        return cassette.Answers
            .Select(answer => (Answer: answer, Messages: cassette.MessagesOf(answer)))
            // A hash stands for all messages up to it, so counting the shared ones counts those that are equal from the first on.
            .Select(candidate => (candidate.Answer, candidate.Messages.Count, Equal: candidate.Messages.Count(message => asked.Contains(message.Hash))))
            .OrderByDescending(candidate => (candidate.Equal > 0 ? 2 : 0) + (candidate.Answer.Model == model ? 1 : 0))
            .ThenByDescending(candidate => candidate.Equal)
            .ThenBy(candidate => Math.Abs(candidate.Count - request.Messages.Count))
            .First();
    }

    private static string Count(int messages) => messages == 1 ? "1 message" : $"{messages} messages";

    private static string Cut(string name) => name.Length <= NameLength ? name : $"{name.AsSpan(0, NameLength)}…";
}
