using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Tests.History;

/// <summary>What holds for every request of every run, however often its history was folded.</summary>
public sealed partial class CompactionLawTests(ITestOutputHelper output)
{
    private const int Window = 6000;
    private const int TurnsKept = 3;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Request_OfARandomRun_LosesNothingThatMatters(int seed)
    {
        var model = new WindowedModel(LongWork.Random(seed, turns: 60)) { Window = Window };
        var compaction = new CompactionOptions { ContextTokens = Window, TurnsKept = TurnsKept, MaxSummaryTokens = 100 };
        await using var runtime = SluiceRuntime.Create(LongWork.Spec(), LongWork.Options(model, compaction));
        var events = await runtime.RunAsync(LongWork.Prompt);
        events.ShouldFinish();

        var (calls, mentioned, open) = (new List<string>(), new HashSet<string>(), new HashSet<string>());
        foreach (var (number, request) in model.Turns.Index())
        {
            Remember(request, calls, mentioned, open);
            Check(request, calls, mentioned, open, $"seed {seed}, request {number + 1}");
        }

        var compacted = events.OfType<HistoryCompactedEvent>().ToList();
        compacted.ShouldNotBeEmpty();
        foreach (var one in compacted) one.TokensAfter.ShouldBeLessThan(one.TokensBefore);
        (mentioned.Count, open.Count).ShouldBe((mentioned.Count > 5 ? mentioned.Count : -1, open.Count > 2 ? open.Count : -1), "the run has something to lose");
        output.WriteLine($"seed {seed}: {compacted.Count} compactions, {model.Summaries.Count} summaries, {mentioned.Count} references, {open.Count} plans");
    }

    /// <summary>Notes what a request shows for the first time: its last message, and the calls that it answers.</summary>
    private static void Remember(IReadOnlyList<ChatMessage> request, List<string> calls, HashSet<string> mentioned, HashSet<string> open)
    {
        foreach (var result in request[^1].Contents.OfType<FunctionResultContent>())
        {
            calls.Add(result.CallId);
            var value = (JsonElement)result.Result!;
            foreach (Match id in Ids().Matches(value.GetRawText())) mentioned.Add(id.Value);
            if (value.TryGetProperty("planId", out var plan)) open.Add(plan.GetString()!);
        }

        // Handles of results that were folded are part of the history from then on.
        foreach (var result in request.SelectMany(message => message.Contents).OfType<FunctionResultContent>())
        {
            if (((JsonElement)result.Result!).TryGetProperty("reference", out var handle)) mentioned.Add(handle.GetProperty("id").GetString()!);
        }
    }

    private static void Check(
        IReadOnlyList<ChatMessage> request, List<string> calls, HashSet<string> mentioned, HashSet<string> open, string place)
    {
        request[0].Role.ShouldBe(ChatRole.System, place);
        request.Count(message => message.Role == ChatRole.System).ShouldBe(1, place);
        request.Count(message => message.Text == LongWork.Prompt).ShouldBe(1, place);
        request.ShouldBeAnswerable();
        var shown = request.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Select(result => result.CallId).ToList();
        shown.ShouldBe(calls.TakeLast(shown.Count), place);
        var text = WindowedModel.TextOf(request);
        mentioned.Where(id => !text.Contains(id, StringComparison.Ordinal)).ShouldBeEmpty(place);
        open.Where(id => !text.Contains($"\"{id}\"", StringComparison.Ordinal)).ShouldBeEmpty(place);
        // The size is estimated for what came since the last call, and results of a single turn may be large.
        var turns = request.Count(message => message.Role == ChatRole.Assistant);
        if (turns > TurnsKept) WindowedModel.Count(request).ShouldBeLessThanOrEqualTo((long)(Window * 0.8 * 1.02), place);
    }

    [GeneratedRegex("ref-[0-9a-f]{32}", RegexOptions.None, 10_000)]
    private static partial Regex Ids();
}
