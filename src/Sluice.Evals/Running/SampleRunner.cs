using Sluice.Evals.Recording;

namespace Sluice.Evals.Running;

/// <summary>Runs one case once and scores what came of it. Whatever goes wrong becomes part of the result; only the eval's end throws.</summary>
internal sealed class SampleRunner(EvalPlan plan, string evalRunId)
{
    private readonly TimeSpan _timeout = TimeSpan.FromMilliseconds(plan.Config.Limits.SampleTimeoutMs);
    private readonly SampleScorer _scorer = new(plan.Config, plan.Judge);

    /// <summary>Runs a sample.</summary>
    /// <exception cref="OperationCanceledException">The eval was stopped.</exception>
    public async Task<SampleResult> RunAsync(TestCase testCase, int sample, CancellationToken cancellationToken)
    {
        var attempt = new SampleAttempt(testCase, sample, plan.Time.GetUtcNow());
        try
        {
            await RecordAsync(attempt, cancellationToken).ConfigureAwait(false);
            if (attempt.Run is not { } run) return attempt.ToErrored(attempt.IsTimedOut ? TooLong() : NothingRecorded);
            var isCutOff = attempt.IsTimedOut && (!run.HasEnded || run.FinishReason == FinishReason.Cancelled);
            if (!isCutOff && RunFaults.FindObstacle(run) is { } obstacle) return attempt.ToErrored(run.HasEnded ? obstacle : attempt.ToldError ?? obstacle);
            var failure = isCutOff ? TooLong() : RunFaults.FindFailure(run);
            return attempt.ToResult(await _scorer.ScoreAsync(testCase, run.Output, cancellationToken).ConfigureAwait(false), failure);
        }
        catch (Exception exception) when (!IsEnd(exception, cancellationToken))
        {
            return attempt.ToErrored(ToError(exception));
        }
    }

    /// <summary>Asks the judges again about a sample that ran and that they gave no verdict on.</summary>
    /// <exception cref="OperationCanceledException">The eval was stopped.</exception>
    public async Task<SampleResult> JudgeAgainAsync(TestCase testCase, SampleResult unjudged, CancellationToken cancellationToken)
    {
        var scores = await _scorer.ScoreAsync(testCase, unjudged.Output!, cancellationToken).ConfigureAwait(false);
        return unjudged with { Scores = scores };
    }

    private async Task RecordAsync(SampleAttempt attempt, CancellationToken cancellationToken)
    {
        var subject = await OpenAsync(attempt, cancellationToken).ConfigureAwait(false);
        await using (subject.ConfigureAwait(false))
        {
            await DriveAsync(subject.Runtime, attempt, cancellationToken).ConfigureAwait(false);
            var recorder = new RunRecorder(subject.Runtime, plan.Config.ScorerConfig.References);
            attempt.Run = await recorder.ReadAsync(attempt.RunId, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<EvalSubject> OpenAsync(SampleAttempt attempt, CancellationToken cancellationToken)
    {
        if (plan.Request.Subjects is not { } open) return new(plan.Runtime);
        try
        {
            return await open(SampleOf(attempt), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!IsEnd(exception, cancellationToken))
        {
            var error = ToError(exception);
            throw new SluiceException(error.Code, $"What the sample runs on could not be opened. {error.Message}", exception);
        }
    }

    /// <summary>Runs the case to its end, or until it has taken too long.</summary>
    private async Task DriveAsync(IAgentRuntime runtime, SampleAttempt attempt, CancellationToken cancellationToken)
    {
        var approver = new EvalApprover(runtime, attempt.Case.Approvals ?? plan.Config.Approvals);
        using var timer = new CancellationTokenSource(_timeout, plan.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            await foreach (var runtimeEvent in runtime.RunAsync(RequestOf(attempt), linked.Token).ConfigureAwait(false))
            {
                if (runtimeEvent is ErrorEvent failed) attempt.ToldError = failed.Error;
                if (runtimeEvent is ApprovalRequiredEvent asked) await approver.AnswerAsync(asked, linked.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // What the run did until then is in its journal.
        }

        cancellationToken.ThrowIfCancellationRequested();
        attempt.IsTimedOut = timer.IsCancellationRequested;
    }

    private RunRequest RequestOf(SampleAttempt attempt) => new()
    {
        Prompt = plan.Request.UseScripts && attempt.Case.Script is { } script ? script.GetRawText() : attempt.Case.Input,
        Agent = plan.Agent,
        RunId = attempt.RunId,
        ThreadId = attempt.ThreadId,
        EvalSample = SampleOf(attempt),
    };

    private EvalSample SampleOf(SampleAttempt attempt) => new() { EvalRunId = evalRunId, TestCaseId = attempt.Case.Id, Sample = attempt.Sample };

    private static ErrorInfo NothingRecorded { get; } = new() { Code = ErrorCodes.Internal, Message = "The run ended and left no journal." };

    private ErrorInfo TooLong() => new()
    {
        Code = ErrorCodes.SampleTimeout,
        Message = $"The sample took longer than {plan.Config.Limits.SampleTimeoutMs} ms and was cancelled. It is scored with what it did until then.",
    };

    private static bool IsEnd(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && cancellationToken.IsCancellationRequested;

    private static ErrorInfo ToError(Exception exception) => exception is SluiceException known
        ? known.ToErrorInfo()
        : new() { Code = ErrorCodes.Internal, Message = exception.Message };
}
