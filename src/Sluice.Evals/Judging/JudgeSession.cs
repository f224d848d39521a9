using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Evals.Artifacts;
using Sluice.Models;

namespace Sluice.Evals.Judging;

/// <summary>One question to a judge, asked as often as repeats and failures want it. Counts what that used.</summary>
internal sealed class JudgeSession(IChatClient client, string? model, int retries, bool keepTrace, TimeProvider time, JudgeQuestion question)
{
    private const int LongestAnswer = 64 * 1024;

    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);

    private readonly List<JudgeCall> _calls = [];
    private TokenUsage _usage = TokenUsage.Zero;
    private string? _answeredBy;

    public async Task<JudgeVerdict> RunAsync(int repeats, CancellationToken cancellationToken)
    {
        var verdict = await AskAsync(cancellationToken).ConfigureAwait(false);
        for (var repeat = 1; repeat < repeats && verdict.Status == ScoreStatus.Scored; repeat++)
        {
            var again = await AskAsync(cancellationToken).ConfigureAwait(false);
            if (again.Status != ScoreStatus.Scored) verdict = again;
            else if (again.Passed != verdict.Passed) verdict = NoVerdict.Inconsistent(verdict, again);
        }

        return verdict with
        {
            Model = _answeredBy ?? model,
            PromptHash = question.PromptHash,
            ContextHash = question.ContextHash,
            Calls = _calls.Count,
            Usage = _usage,
            Trace = keepTrace ? Trace() : null,
        };
    }

    /// <summary>A verdict, after as many failures as are let pass.</summary>
    private async Task<JudgeVerdict> AskAsync(CancellationToken cancellationToken)
    {
        for (var retry = 0; ; retry++)
        {
            JudgeFailure failure;
            try
            {
                return await CallAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                cancellationToken.ThrowIfCancellationRequested();
                // A client may be anybody's and throw anything; no failure of a judge ends an eval.
                failure = JudgeFailure.Of(exception);
            }

            _calls[^1] = _calls[^1] with { Failure = failure.Verdict.Reason };
            Count(failure.Usage, failure.Model);
            if (!failure.IsRetryable || retry >= retries || failure.RetryAfter > Judge.CallTimeout) return failure.Verdict;
            await PauseAsync(failure, retry, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<JudgeVerdict> CallAsync(CancellationToken cancellationToken)
    {
        _calls.Add(new(null, null));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var options = new StructuredOutputOptions
        {
            ChatOptions = new() { ModelId = model },
            SchemaName = "verdict",
            AllowRepair = false,
            MaxAnswerBytes = LongestAnswer,
        };
        var listener = new Listener(client);
        try
        {
            var answer = await listener.GetStructuredAsync(question.Messages, VerdictReader.Schema, options, stop.Token)
                .WaitAsync(Judge.CallTimeout, time, cancellationToken).ConfigureAwait(false);
            Count(answer.Usage, answer.Model);
            return VerdictReader.Read(answer.Value);
        }
        finally
        {
            if (keepTrace) _calls[^1] = _calls[^1] with { Answer = listener.Heard };
            // Of a call that is late, nobody waits for the end.
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task PauseAsync(JudgeFailure failure, int retry, CancellationToken cancellationToken)
    {
        if (!failure.IsOfProvider) return;
        var backoff = TimeSpan.FromSeconds(Math.Min(LongestBackoff.TotalSeconds, Math.Pow(2, retry)));
        var pause = failure.RetryAfter is { } asked && asked > backoff ? asked : backoff;
        await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
    }

    private void Count(UsageDetails? usage, string? answeredBy)
    {
        _answeredBy = answeredBy ?? _answeredBy;
        if (usage is null) return;
        _usage += new TokenUsage
        {
            InputTokens = usage.InputTokenCount ?? 0,
            OutputTokens = usage.OutputTokenCount ?? 0,
            CacheReadTokens = usage.CachedInputTokenCount ?? 0,
            CacheWriteTokens = usage.AdditionalCounts?.GetValueOrDefault(UsageCounts.CacheWriteTokens) ?? 0,
            ReasoningTokens = usage.ReasoningTokenCount ?? 0,
        };
    }

    private JsonElement Trace() => JsonSerializer.SerializeToElement(
        new { question.Instructions, question.Material, Calls = _calls }, EvalJson.Options);

    /// <summary>One call, for the trace.</summary>
    /// <param name="Answer">What the judge wrote; null when it wrote nothing.</param>
    /// <param name="Failure">Why it gave no verdict; null when it gave one.</param>
    private sealed record JudgeCall(string? Answer, string? Failure);

    /// <summary>Hears what is answered before it is read.</summary>
    private sealed class Listener(IChatClient inner) : DelegatingChatClient(inner)
    {
        public string? Heard { get; private set; }

        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var response = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
            Heard = response.Text;
            return response;
        }
    }
}
