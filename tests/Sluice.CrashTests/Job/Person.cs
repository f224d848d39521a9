using System.Text.Json;
using System.Threading.Channels;
using Sluice.CrashTests.Ledgers;

namespace Sluice.CrashTests.Job;

/// <summary>Decides what is asked, one request after the other, and notes each decision. Asked what became of an effect, the person looks into the ledger.</summary>
internal sealed class Person(Ledger ledger)
{
    public const string Name = "ana";

    private readonly Channel<string> _asked = Channel.CreateUnbounded<string>();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public void Ask(string requestId) => _asked.Writer.TryWrite(requestId);

    /// <summary>Answers until nobody asks any more.</summary>
    public async Task AnswerAsync(AgentRuntime runtime)
    {
        await foreach (var id in _asked.Reader.ReadAllAsync())
        {
            if (_seen.Add(id)) await AnswerAsync(runtime, id);
        }
    }

    public void Leave() => _asked.Writer.Complete();

    private async Task AnswerAsync(AgentRuntime runtime, string id)
    {
        var request = (await runtime.ListApprovalsAsync(new() { Limit = 1000 })).Single(request => request.Id == id);
        var answer = request.Kind == ApprovalKind.InDoubt ? Judge(request) : new()
        {
            Id = id,
            Outcome = request.Payload.TryGetProperty("item", out var item) && item.ValueEquals(ShopJob.Unwanted) ? ApprovalOutcome.Reject : ApprovalOutcome.Approve,
        };
        try
        {
            await runtime.RespondToApprovalAsync(answer with { DecidedBy = Name });
        }
        catch (SluiceException late) when (late.Code == ErrorCodes.ApprovalAlreadyDecided)
        {
            // The process died between the answer and the run's taking note of it.
            return;
        }

        ledger.Add(new() { Kind = LedgerLineKind.Decision, Key = id, Step = $"{request.Kind} {request.StepKey}", Value = answer.Outcome.ToString() });
    }

    private ApprovalAnswer Judge(ApprovalRequest request) => ledger.Find(request.Payload.GetProperty("idempotencyKey").GetString()!) is { } done
        ? new()
        {
            Id = request.Id,
            Outcome = ApprovalOutcome.MarkDone,
            Partial = JsonSerializer.SerializeToElement<object>(request.Payload.TryGetProperty("tool", out _)
                ? new { told = done.Value }
                : new { entitiesAffected = 1, summary = done.Value }),
        }
        : new() { Id = request.Id, Outcome = ApprovalOutcome.Retry };
}
