using System.Text.Json;
using Sluice.Journal;
using Sluice.Json;
using Sluice.Runtime.Approvals;
using Sluice.Runtime.Diagnostics;
using Sluice.Runtime.Forks;
using Sluice.Runtime.Loop;
using Sluice.Runtime.References;
using Sluice.Runtime.Runs;

namespace Sluice.Runtime.Tools;

/// <summary>Runs a call that passed its gate: claims it, invokes the handler, and makes whatever happens a result the model can use.</summary>
internal sealed class ToolRunner(
    TenantSpec tenant, IServiceProvider services, TenantReferences references, LargeResults largeResults, InDoubtGate doubts,
    RecordedEffects effects, TimeProvider time)
{
    public ValueTask<ToolOutcome> RunAsync(ToolCall call)
    {
        // What the original run recorded is not executed again, and no span says so.
        if (call.Tool!.NeedsClaim && RecordedEffects.Answers(call.Frame.Run)) return effects.FindAsync(call);
        return SluiceDiagnostics.IsListening ? FollowAsync(call) : TakeAsync(call);
    }

    private async ValueTask<ToolOutcome> FollowAsync(ToolCall call)
    {
        using var activity = SluiceDiagnostics.StartTool(call);
        var outcome = await TakeAsync(call).ConfigureAwait(false);
        SluiceDiagnostics.EndTool(activity, call, outcome);
        return outcome;
    }

    private async ValueTask<ToolOutcome> TakeAsync(ToolCall call)
    {
        if (call.Tool!.BuiltIn is { } builtIn)
        {
            var began = time.GetTimestamp();
            var told = await RunBuiltInAsync(builtIn, call).ConfigureAwait(false);
            if (told.Result is { } answer) told = await largeResults.FitAsync(call, answer).ConfigureAwait(false);
            return told with { DurationMs = (long)time.GetElapsedTime(began).TotalMilliseconds };
        }

        if (call.Tool.NeedsClaim && await ClaimAsync(call).ConfigureAwait(false) is { } settled)
            return settled.Result is { } known ? await largeResults.FitAsync(call, known).ConfigureAwait(false) : settled;
        var started = time.GetTimestamp();
        var outcome = await InvokeAsync(call).ConfigureAwait(false);
        var elapsed = time.GetElapsedTime(started);
        call.Frame.Run.Usage.AddWork(elapsed);
        ChatMetrics.OnTool(call.Tool.Name, elapsed, outcome.Error?.Code);
        if (outcome.Result is { } result) outcome = await largeResults.FitAsync(call, result).ConfigureAwait(false);
        return outcome with { DurationMs = (long)elapsed.TotalMilliseconds };
    }

    /// <summary>Records that the effect may happen from now on.</summary>
    /// <returns>What came of an earlier attempt, when a person says that it is not to be run again; null when the call may run.</returns>
    private async ValueTask<ToolOutcome?> ClaimAsync(ToolCall call)
    {
        var journal = call.Frame.Run.Journal;
        var claimed = journal.Recorded<ToolStartedData>(JournalEntryKind.ToolStarted, call.Key);
        if (claimed is not null && await SettleAsync(call, claimed.Attempt).ConfigureAwait(false) is { } settled) return settled;
        call.Attempt = (claimed?.Attempt ?? 0) + 1;
        await journal.AppendAsync(
            call.Key, call.Frame.Agent.Name, new ToolStartedData { ToolName = call.Tool!.Name, Attempt = call.Attempt }).ConfigureAwait(false);
        return null;
    }

    private async ValueTask<ToolOutcome?> SettleAsync(ToolCall call, int attempt)
    {
        var tool = call.Tool!;
        var verdict = await doubts.RecallAsync(call.Frame, call.Key, attempt).ConfigureAwait(false);
        if (verdict is null && tool.Spec.Effect != ToolEffect.Idempotent)
            verdict = await doubts.AskAsync(call.Frame, call.Key, tool.Name, Describe(call, attempt)).ConfigureAwait(false);
        return verdict is null or { Outcome: ApprovalOutcome.Retry } ? null : InDoubtAnswers.ToToolOutcome($"'{tool.Name}'", verdict);
    }

    private static EffectInDoubt Describe(ToolCall call, int attempt) => new()
    {
        Message = $"The process stopped while '{call.Tool!.Name}' ran: it may have had its effect or not.",
        Tool = call.Tool.Name,
        Arguments = Showable(call.Arguments),
        IdempotencyKey = CallContext.KeyOf(call.Frame.Run.RunId, call.Key),
        Attempt = attempt,
        ClaimedAt = call.Frame.Run.Journal.ClaimedAt(call.Key),
    };

    /// <summary>The arguments; as a text when they have no canonical form, without which there is no digest.</summary>
    private static JsonElement Showable(JsonElement arguments)
    {
        try
        {
            CanonicalJson.Sha256Hex(arguments);
            return arguments;
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(arguments.GetRawText(), SluiceJson.Options);
        }
    }

    private static async ValueTask<ToolOutcome> RunBuiltInAsync(IBuiltInTool builtIn, ToolCall call)
    {
        try
        {
            return await builtIn.InvokeAsync(call).ConfigureAwait(false);
        }
        catch (SluiceException exception) when (exception is not RunFaultException && !StoreFailure.Is(exception))
        {
            return ToolOutcome.Failed(exception.ToErrorInfo());
        }
    }

    private ValueTask<ToolOutcome> InvokeAsync(ToolCall call) => call.Tool!.Timeout is { } timeout
        ? InvokeWithinAsync(call, timeout)
        : InvokeAsync(call, call.Frame.Run.CancellationToken);

    private async ValueTask<ToolOutcome> InvokeWithinAsync(ToolCall call, TimeSpan timeout)
    {
        var run = call.Frame.Run;
        using var timer = new CancellationTokenSource(timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(run.CancellationToken, timer.Token);
        try
        {
            return await InvokeAsync(call, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !run.CancellationToken.IsCancellationRequested)
        {
            return ToolOutcome.Failed(
                ErrorCodes.ToolTimeout,
                $"'{call.Tool!.Name}' did not finish within {timeout.TotalSeconds:0.###} seconds{(call.Tool.IsReadOnly ? "." : "; its effect may have happened.")}");
        }
    }

    private async ValueTask<ToolOutcome> InvokeAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var context = new CallContext(call, tenant, services, references, cancellationToken);
        try
        {
            var running = call.Tool!.Handler!.InvokeAsync(call.Arguments, context);
            // A handler that ignores its token must not hold the run.
            var result = running.IsCompleted ? await running.ConfigureAwait(false)
                : await running.AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
            await context.FlushAsync().ConfigureAwait(false);
            return result.ValueKind == JsonValueKind.Undefined ? ToolOutcome.Of<object?>(null) : ToolOutcome.Of(result);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (SluiceException exception) when (exception is not RunFaultException)
        {
            return ToolOutcome.Failed(exception.ToErrorInfo());
        }
        catch (Exception exception) when (exception is not RunFaultException)
        {
            return ToolOutcome.Failed(ErrorCodes.ToolFailed, $"'{call.Tool!.Name}' failed: {exception.Message}");
        }
        finally
        {
            context.Close();
        }
    }
}
