using Sluice.CrashTests.Job;

namespace Sluice.CrashTests.Matrix;

/// <summary>Kills the job at every boundary, and at random moments, and checks what comes of each life.</summary>
internal sealed class CrashMatrix(Func<JobPlace> createPlace, MatrixTally tally, int seed)
{
    private const int Workers = 2;
    private const int LongestChain = 4;

    private readonly Random _random = new(seed);
    private JobOutcome? _undisturbed;
    private string[] _boundaries = [];

    /// <summary>Runs the job undisturbed, to know its boundaries and what it leaves behind.</summary>
    public async Task PrepareAsync()
    {
        var place = createPlace();
        await new JobLife(place, tally).FinishAsync(trace: true);
        _boundaries = await File.ReadAllLinesAsync(place.TracePath);
        _boundaries.ShouldBeUnique();
        _undisturbed = await JobOutcome.ReadAsync(place);
        JobRules.Check(_undisturbed, _undisturbed, "undisturbed");
        _undisturbed.Run.ShouldStartWith($"{RunState.Finished} ");
        _undisturbed.Effects.ShouldBeUnique();
        _undisturbed.Effects.Count.ShouldBe(ShopJob.Effects);
    }

    /// <summary>Kills at each boundary once, many in one life.</summary>
    /// <param name="isDistinct">Whether of two names for one state of the store and the ledger, after one write and before the next, one is enough.</param>
    public async Task KillEverywhereAsync(bool isDistinct)
    {
        var pool = new BoundaryPool(isDistinct ? Distinct() : _boundaries, new(_random.Next()));
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async _ =>
        {
            while (pool.TakeFirst() is { } first) await LiveAsync(pool, first);
        }));
        pool.Unreached.ShouldBeEmpty();
    }

    /// <summary>Kills in a row at the boundaries around a question about an effect in doubt, and around its answer.</summary>
    public Task KillWhileInDoubtAsync() => OnWorkersAsync(DoubtChains.Of(_boundaries), async chain =>
    {
        var (place, life) = Create();
        foreach (var boundary in chain)
        {
            (await life.DieAtAsync(boundary)).ShouldBeTrue($"{boundary} was not reached: {string.Join(", ", life.Story)}");
            tally.KillAt(boundary);
        }

        await FinishAsync(place, life);
    });

    /// <summary>Kills at random moments, up to four times in one life.</summary>
    public async Task KillAtRandomAsync(int kills)
    {
        var longest = await MeasureAsync();
        while (tally.RandomKills < kills)
        {
            var plans = Enumerable.Range(0, Workers).Select(_ => Enumerable.Range(0, 1 + _random.Next(LongestChain)).Select(_ => _random.NextDouble() * longest).ToList());
            await OnWorkersAsync(plans.ToList(), async delays =>
            {
                var (place, life) = Create();
                foreach (var delay in delays)
                {
                    if (!await life.DieAfterAsync(delay)) break;
                    tally.KillAtRandom();
                }

                await FinishAsync(place, life);
            });
        }
    }

    private async Task LiveAsync(BoundaryPool pool, int first)
    {
        var (place, life) = Create();
        for (int? next = first; next is { } position; next = pool.TakeAfter(position))
        {
            if (!await life.DieAtAsync(pool[position]))
            {
                pool.Miss(position);
                break;
            }

            tally.KillAt(pool[position]);
        }

        await FinishAsync(place, life);
    }

    private List<string> Distinct() => [.. _boundaries.Where((name, position) =>
        position == 0 || !name.StartsWith("before ", StringComparison.Ordinal) || !_boundaries[position - 1].StartsWith("after ", StringComparison.Ordinal))];

    private (JobPlace Place, JobLife Life) Create()
    {
        var place = createPlace();
        return (place, new(place, tally));
    }

    private async Task FinishAsync(JobPlace place, JobLife life)
    {
        await life.FinishAsync();
        var outcome = await JobOutcome.ReadAsync(place);
        tally.End(outcome, _undisturbed!);
        JobRules.Check(outcome, _undisturbed!, $"seed {seed}: {string.Join(", ", life.Story)}");
    }

    /// <summary>How long an undisturbed process takes from being ready to the end.</summary>
    private async Task<TimeSpan> MeasureAsync()
    {
        var (_, life) = Create();
        return await life.MeasureAsync();
    }

    private static async Task OnWorkersAsync<T>(IReadOnlyList<T> work, Func<T, Task> act) => await Parallel.ForEachAsync(
        work, new ParallelOptions { MaxDegreeOfParallelism = Workers }, async (item, _) => await act(item));
}
