using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Runtime.Approvals;
using Sluice.Runtime.Budgets;
using Sluice.Runtime.Loop;
using Sluice.Runtime.Runs;

namespace Sluice.Runtime.Tools;

/// <summary>
/// The one way from a model's tool calls to their results: admit → gate → run → record. Every call of a turn is judged alone, all requests
/// are made before the first call runs, and results go back in call order.
/// </summary>
internal sealed class ToolCalls(ApprovalGate gate, ToolRunner runner, RunBudget budget, Limits limits)
{
    /// <summary>Runs a turn's calls and puts their results into the frame's messages, also when these are one invalid call too many.</summary>
    public async ValueTask RunAsync(Frame frame, AssistantTurn turn)
    {
        var calls = new ToolCall[turn.Calls.Count];
        for (var index = 0; index < calls.Length; index++)
            calls[index] = Admit(frame, turn, turn.Calls[index]);
        foreach (var call in calls)
        {
            if (call.Outcome is null) await gate.JudgeAsync(call).ConfigureAwait(false);
        }

        try
        {
            await FinishAsync(calls, frame.Run.CancellationToken).ConfigureAwait(false);
        }
        catch (RunStoppedException stopped)
        {
            // The agent may have a last turn, and no provider takes a call without its result.
            frame.Messages.Add(ToMessage(calls, NotRun(stopped.Limit)));
            throw;
        }

        frame.Messages.Add(ToMessage(calls));
        CountInvalid(frame, calls);
    }

    private async ValueTask FinishAsync(ToolCall[] calls, CancellationToken cancellationToken)
    {
        if (calls.Length > 1 && Array.TrueForAll(calls, call => call.MayRunInParallel))
        {
            await Parallel.ForEachAsync(
                calls, new ParallelOptions { MaxDegreeOfParallelism = limits.MaxParallelToolCalls, CancellationToken = cancellationToken },
                (call, _) => FinishAsync(call)).ConfigureAwait(false);
            return;
        }

        foreach (var call in calls) await FinishAsync(call).ConfigureAwait(false);
    }

    private static ToolOutcome NotRun(string limit) =>
        ToolOutcome.Failed(ErrorCodes.LimitReached, $"The run reached its limit '{limit}' before this call was done.");

    private static ToolCall Admit(Frame frame, AssistantTurn turn, ToolCallPart part)
    {
        var call = new ToolCall(frame, part, StepKey.Call(turn.Key, part.Id))
        {
            Tool = frame.Agent.Tools.GetValueOrDefault(part.Name),
        };
        if (frame.Run.Journal.Recorded<ToolCompletedData>(JournalEntryKind.ToolCompleted, call.Key) is { } recorded)
        {
            call.IsRecorded = true;
            call.Outcome = Recall(recorded);
        }
        else
        {
            call.Outcome = Refuse(call) is { } refusal ? OrInDoubt(call, refusal) : null;
        }

        return call;
    }

    private static ToolOutcome Recall(ToolCompletedData recorded) =>
        recorded.Error is { } error ? ToolOutcome.Failed(error) : ToolOutcome.Of(recorded.Result!.Value);

    /// <summary>The refusal of a call that cannot be run; null when it can.</summary>
    private static ToolOutcome? Refuse(ToolCall call)
    {
        if (call.Tool is not { } tool)
        {
            return ToolOutcome.Failed(
                ErrorCodes.UnknownTool,
                $"There is no tool '{Shorten(call.Part.Name)}'. The tools are: {string.Join(", ", call.Frame.Agent.Tools.Keys)}.");
        }

        if (call.Part.ArgumentsError is { } unreadable) return ToolOutcome.Failed(ErrorCodes.InvalidArguments, unreadable);
        if (call.Arguments.ValueKind != JsonValueKind.Object)
            return ToolOutcome.Failed(ErrorCodes.InvalidArguments, "The arguments must be a JSON object.");
        if (tool.Input.IsValid(call.Arguments)) return null;
        var violations = tool.Input.Validate(call.Arguments);
        // The quick look may have run out of time on a busy machine; only what can be named is a violation.
        return violations.Count == 0 ? null : ToolOutcome.Failed(
            ErrorCodes.InvalidArguments,
            $"The arguments of '{tool.Name}' do not fit its schema. Correct these and call again:\n{string.Join('\n', violations.Select(violation => $"- {violation}"))}");
    }

    /// <summary>A call that began under an earlier definition of its tool and does not fit the present one: no answer could run it again.</summary>
    private static ToolOutcome OrInDoubt(ToolCall call, ToolOutcome refusal) =>
        call.Frame.Run.Journal.Recorded<ToolStartedData>(JournalEntryKind.ToolStarted, call.Key) is null
            ? refusal
            : ToolOutcome.Failed(
                ErrorCodes.InDoubt,
                $"The process stopped while '{call.Part.Name}' ran: it may have had its effect or not. It cannot be repeated: {refusal.Error!.Message}");

    /// <summary>No tool has a name longer than this; what a model makes up may be of any length.</summary>
    private static string Shorten(string name) => name.Length <= 64 ? name : $"{name.AsSpan(0, 64)}…";

    private async ValueTask FinishAsync(ToolCall call)
    {
        if (call.IsRecorded) return;
        call.Outcome ??= await gate.WaitAsync(call).ConfigureAwait(false);
        if (call.Outcome is null)
        {
            if (budget.LimitOfCall(call.Frame) is { } limit) throw new RunStoppedException(limit);
            call.Outcome = await runner.RunAsync(call).ConfigureAwait(false);
        }

        var outcome = call.Outcome.Value;
        await call.Frame.Run.Journal.AppendAsync(call.Key, call.Frame.Agent.Name, new ToolCompletedData
        {
            ToolName = call.Part.Name,
            Result = outcome.Result,
            Error = outcome.Error,
            DurationMs = outcome.DurationMs,
        }).ConfigureAwait(false);
    }

    private void CountInvalid(Frame frame, ToolCall[] calls)
    {
        foreach (var call in calls)
        {
            frame.InvalidCallsInARow = call.Outcome!.Value.IsInvalid ? frame.InvalidCallsInARow + 1 : 0;
            if (frame.InvalidCallsInARow > limits.MaxInvalidToolCalls)
            {
                throw new FrameFailedException(new()
                {
                    Code = ErrorCodes.TooManyInvalidToolCalls,
                    Message = $"Agent '{frame.Agent.Name}' made {frame.InvalidCallsInARow} invalid tool calls in a row; the last error was: {call.Outcome.Value.Error!.Message}",
                });
            }
        }
    }

    private static ChatMessage ToMessage(ToolCall[] calls, ToolOutcome? missing = null)
    {
        var results = new (string, JsonElement)[calls.Length];
        for (var index = 0; index < calls.Length; index++) results[index] = (calls[index].Id, (calls[index].Outcome ?? missing)!.Value.ToModelResult());
        return MessageParts.ToResultMessage(results);
    }
}
