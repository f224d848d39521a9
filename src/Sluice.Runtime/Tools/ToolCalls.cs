using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Runtime.Approvals;
using Sluice.Runtime.Loop;
using Sluice.Runtime.Runs;

namespace Sluice.Runtime.Tools;

/// <summary>
/// The one way from a model's tool calls to their results: admit → gate → run → record. Every call of a turn is judged alone, all requests
/// are made before the first call runs, and results go back in call order.
/// </summary>
internal sealed class ToolCalls(ApprovalGate gate, ToolRunner runner, Limits limits)
{
    public async ValueTask<ChatMessage> RunAsync(Frame frame, AssistantTurn turn)
    {
        var calls = new ToolCall[turn.Calls.Count];
        for (var index = 0; index < calls.Length; index++)
            calls[index] = Admit(frame, turn, turn.Calls[index]);
        foreach (var call in calls)
        {
            if (call.Outcome is null) await gate.JudgeAsync(call).ConfigureAwait(false);
        }

        if (calls.Length > 1 && Array.TrueForAll(calls, call => call.MayRunInParallel))
        {
            await Parallel.ForEachAsync(
                calls, new ParallelOptions { MaxDegreeOfParallelism = limits.MaxParallelToolCalls, CancellationToken = frame.Run.CancellationToken },
                (call, _) => FinishAsync(call)).ConfigureAwait(false);
        }
        else
        {
            foreach (var call in calls) await FinishAsync(call).ConfigureAwait(false);
        }

        CountInvalid(frame, calls);
        return ToMessage(calls);
    }

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
            if (recorded.DurationMs is not null) frame.Run.Usage.AddToolCall();
        }
        else
        {
            call.Outcome = Refuse(call);
        }

        return call;
    }

    private static ToolOutcome Recall(ToolCompletedData recorded) =>
        (recorded.Error is { } error ? ToolOutcome.Failed(error) : ToolOutcome.Of(recorded.Result!.Value)) with
        {
            IsInvalid = recorded.Error?.Code is ErrorCodes.UnknownTool or ErrorCodes.InvalidArguments or ErrorCodes.InvalidPlan,
        };

    /// <summary>The refusal of a call that cannot be run; null when it can.</summary>
    private static ToolOutcome? Refuse(ToolCall call)
    {
        if (call.Tool is not { } tool)
        {
            return ToolOutcome.Invalid(
                ErrorCodes.UnknownTool,
                $"There is no tool '{call.Part.Name}'. The tools are: {string.Join(", ", call.Frame.Agent.Tools.Keys)}.");
        }

        if (call.Part.ArgumentsError is { } unreadable) return ToolOutcome.Invalid(ErrorCodes.InvalidArguments, unreadable);
        if (call.Arguments.ValueKind != JsonValueKind.Object)
            return ToolOutcome.Invalid(ErrorCodes.InvalidArguments, "The arguments must be a JSON object.");
        if (tool.Input.IsValid(call.Arguments)) return null;
        var violations = tool.Input.Validate(call.Arguments);
        return ToolOutcome.Invalid(
            ErrorCodes.InvalidArguments,
            $"The arguments of '{tool.Name}' do not fit its schema. Correct these and call again:\n{string.Join('\n', violations.Select(violation => $"- {violation}"))}");
    }

    private async ValueTask FinishAsync(ToolCall call)
    {
        if (call.IsRecorded) return;
        call.Outcome ??= await gate.WaitAsync(call).ConfigureAwait(false);
        if (call.Outcome is null)
        {
            if (call.Frame.Run.Usage.ToolCalls >= limits.ToolCalls) throw new RunStoppedException("tool_calls");
            if (call.Frame.Run.Usage.Worked >= limits.WallTime) throw new RunStoppedException("wall_time");
            call.Frame.Run.Usage.AddToolCall();
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

    private static ChatMessage ToMessage(ToolCall[] calls)
    {
        var results = new (string, JsonElement)[calls.Length];
        for (var index = 0; index < calls.Length; index++) results[index] = (calls[index].Id, calls[index].Outcome!.Value.ToModelResult());
        return MessageParts.ToResultMessage(results);
    }
}
