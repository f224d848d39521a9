using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Sluice.Evals.Artifacts;
using Sluice.Evals.Statistics;

namespace Sluice.Evals.Running;

/// <summary>One eval from its first sample to its artifact: samples run side by side, are kept as they end, and are told in one order.</summary>
internal sealed class EvalRun : IDisposable
{
    private const int Told = 256;

    private readonly EvalPlan _plan;
    private readonly EvalTally _tally;
    private readonly CostBudget _budget;
    private readonly SampleLog? _log;
    private int _done;
    private int _passed;
    private long _sequence;

    private EvalRun(EvalPlan plan)
    {
        _plan = plan;
        _tally = new(plan.Dataset, plan.Config);
        _budget = new(plan.Config.Limits.CostUsd);
        var header = plan.CreateHeader();
        if (plan.Request.ArtifactFolder is { } folder)
        {
            _log = SampleLog.Open(folder, header, plan.Request.EvalRunId is not null, plan.Dataset, Recall);
            header = _log.Header with { Config = plan.Config };
        }

        Header = header;
    }

    public EvalHeader Header { get; }

    /// <summary>What a case comes to so far, with these of its samples.</summary>
    public CaseResult CaseResult(string caseId, IReadOnlyList<SampleResult> samples) => _tally.CaseResult(caseId, samples);

    /// <summary>Checks what is asked for, and takes up what its folder holds of it.</summary>
    /// <exception cref="SluiceException">It cannot be run, or not there.</exception>
    public static EvalRun Open(IAgentRuntime runtime, EvalRequest request) => new(EvalPlan.Create(runtime, request));

    /// <summary>Runs what is still to run. Leaving the enumeration before its end stops the eval; samples that ended are kept.</summary>
    public async IAsyncEnumerable<EvalEnvelope> StreamAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Tell(new EvalStartedData(_plan.Dataset.Name, _plan.Dataset.Cases.Count, _plan.Planned, _done) { Warnings = _plan.FindWarnings() });
        var channel = Channel.CreateBounded<EvalEventData>(new BoundedChannelOptions(Told) { SingleReader = true });
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = RunSamplesAsync(channel.Writer, leaving.Token);
        try
        {
            await foreach (var data in channel.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                yield return Tell(data);
                if (data is not EvalSampleCompletedData { Result: var result }) continue;
                Count(result);
                if (_tally.IsComplete(result.CaseId)) yield return Tell(CaseCompleted(result.CaseId));
                yield return Tell(new EvalProgressData(_done, _plan.Planned, _passed, _tally.CostUsd));
            }
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        yield return Tell(await EndAsync(running, cancellationToken).ConfigureAwait(false));
    }

    public void Dispose() => _log?.Dispose();

    private async Task RunSamplesAsync(ChannelWriter<EvalEventData> tell, CancellationToken cancellationToken)
    {
        try
        {
            var runner = new SampleRunner(_plan, Header.EvalRunId);
            var options = new ParallelOptions { MaxDegreeOfParallelism = _plan.Config.Concurrency, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(ToRun(), options, (next, token) => RunSampleAsync(runner, next.Case, next.Sample, tell, token)).ConfigureAwait(false);
        }
        finally
        {
            tell.Complete();
        }
    }

    /// <summary>The samples that have no score yet, case by case.</summary>
    private IEnumerable<(int Case, int Sample)> ToRun()
    {
        for (var index = 0; index < _plan.Dataset.Cases.Count; index++)
        {
            for (var sample = 1; sample <= _plan.Config.SamplesPerCase; sample++)
            {
                if (_log?.StateOf(index, sample) is not SampleState.Scored) yield return (index, sample);
            }
        }
    }

    private async ValueTask RunSampleAsync(
        SampleRunner runner, int index, int sample, ChannelWriter<EvalEventData> tell, CancellationToken cancellationToken)
    {
        var testCase = _plan.Dataset.Cases[index];
        await tell.WriteAsync(new EvalSampleStartedData(testCase.Id, sample), cancellationToken).ConfigureAwait(false);
        var result = await ResultAsync(runner, index, sample, cancellationToken).ConfigureAwait(false);
        _log?.Append(result);
        await tell.WriteAsync(new EvalSampleCompletedData(result), cancellationToken).ConfigureAwait(false);
    }

    private async Task<SampleResult> ResultAsync(SampleRunner runner, int index, int sample, CancellationToken cancellationToken)
    {
        var testCase = _plan.Dataset.Cases[index];
        if (_log?.StateOf(index, sample) is SampleState.Unjudged)
            return await runner.JudgeAgainAsync(testCase, _log.Read(index, sample), cancellationToken).ConfigureAwait(false);
        if (_budget.FindObstacle() is { } obstacle) return new SampleAttempt(testCase, sample, _plan.Time.GetUtcNow()).ToErrored(obstacle);
        var result = await runner.RunAsync(testCase, sample, cancellationToken).ConfigureAwait(false);
        _budget.Add(result.CostUsd);
        return result;
    }

    /// <summary>Takes note of a result that an earlier run of the eval left. Only what has a score is not run again.</summary>
    private void Recall(SampleResult result)
    {
        _budget.Add(result.CostUsd);
        if (result.Scores?.Status == ScoreStatus.Scored) Count(result);
    }

    private void Count(SampleResult result)
    {
        _tally.Add(result);
        _done++;
        if (result.Scores is { Passed: true }) _passed++;
    }

    private EvalCaseCompletedData CaseCompleted(string caseId)
    {
        var result = _tally.CaseResult(caseId);
        return new(caseId, result.Passed, result.Score);
    }

    /// <summary>What the eval ends with: its summary, or why there is none.</summary>
    private async Task<EvalEventData> EndAsync(Task running, CancellationToken cancellationToken)
    {
        try
        {
            await running.ConfigureAwait(false);
            var summary = _tally.Summarize();
            return new EvalCompletedData(summary, await ComposeAsync(summary, cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new EvalFailedData(new() { Code = ErrorCodes.Cancelled, Message = $"The eval was stopped after {_done} of {_plan.Planned} samples." });
        }
        catch (SluiceException exception)
        {
            return new EvalFailedData(exception.ToErrorInfo());
        }
    }

    private async Task<string?> ComposeAsync(EvalSummary summary, CancellationToken cancellationToken)
    {
        if (_log is null) return null;
        var path = Path.Combine(Path.GetFullPath(_plan.Request.ArtifactFolder!), ArtifactFile.FileName);
        var cases = _plan.Dataset.Cases.Select(testCase => _tally.CaseResult(testCase.Id)).ToList();
        await ArtifactComposer.WriteAsync(path, Header.ToArtifact(summary, cases, _plan.Time.GetUtcNow()), _log, cancellationToken).ConfigureAwait(false);
        return path;
    }

    private EvalEnvelope Tell(EvalEventData data) => new() { RunId = Header.EvalRunId, Sequence = ++_sequence, Data = data };
}
