using System.Runtime.CompilerServices;
using Sluice.Studio.Jobs;

namespace Sluice.Studio.Tests.Data;

public sealed class JobTableTests
{
    [Fact]
    public async Task Start_WhileOneOfTheKindGoesOn_IsRefusedUntilItIsCancelled()
    {
        await using var jobs = new JobTable(TimeProvider.System);
        var first = jobs.Start("profile", Endless);

        Should.Throw<SluiceException>(() => jobs.Start("profile", Endless)).Code.ShouldBe("conflict");
        jobs.Start("ingest", Endless);
        first.Cancel();
        await first.Running.WaitAsync(StudioHost.Patience, StudioHost.Token);

        first.Info.State.ShouldBe(JobState.Cancelled);
        jobs.Start("profile", Endless).Info.State.ShouldBe(JobState.Running);
        jobs.List().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Readers_WhoComeAtAnyTime_HearEveryMessageOnce()
    {
        await using var jobs = new JobTable(TimeProvider.System);
        var gate = new TaskCompletionSource();
        var job = jobs.Start("profile", _ => Twice(gate.Task));
        await using var early = job.ReadAsync(0, StudioHost.Token).GetAsyncEnumerator(StudioHost.Token);
        (await early.MoveNextAsync()).ShouldBeTrue();
        gate.SetResult();

        (await early.MoveNextAsync()).ShouldBeTrue();
        early.Current.ShouldBe((2, "second"));
        (await early.MoveNextAsync()).ShouldBeFalse();
        (await job.ReadAsync(1, StudioHost.Token).ToListAsync(StudioHost.Token)).ShouldBe([(2, "second")]);
        (await job.ReadAsync(7, StudioHost.Token).ToListAsync(StudioHost.Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Jobs_ThatHaveSaidMuch_AreForgottenSoonerThanOthers()
    {
        await using var jobs = new JobTable(TimeProvider.System);
        var large = new string('x', 20 * 1024 * 1024);
        var first = await EndAsync(jobs, large);
        var second = await EndAsync(jobs, large);
        var third = await EndAsync(jobs, "little");

        var last = jobs.Start("eval", Endless);

        jobs.List().Select(job => job.Id).ShouldBe([last.Info.Id, third.Info.Id, second.Info.Id]);
        Should.Throw<SluiceException>(() => jobs.Get(first.Info.Id)).Code.ShouldBe("not_found");
        // Somebody may still hold it.
        first.Cancel();
        first.Info.State.ShouldBe(JobState.Completed);
    }

    [Fact]
    public async Task Start_OnceTheServerStops_IsRefused()
    {
        var jobs = new JobTable(TimeProvider.System);
        var running = jobs.Start("profile", Endless);
        await jobs.DisposeAsync();

        running.Info.State.ShouldBe(JobState.Cancelled);
        Should.Throw<SluiceException>(() => jobs.Start("profile", Endless)).Code.ShouldBe(ErrorCodes.ShuttingDown);
    }

    private static async Task<Job> EndAsync(JobTable jobs, string message)
    {
        var job = jobs.Start("profile", _ => AsyncEnumerable.Repeat(message, 1));
        await job.Running.WaitAsync(StudioHost.Patience, StudioHost.Token);
        return job;
    }

    private static async IAsyncEnumerable<string> Endless([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        yield break;
    }

    private static async IAsyncEnumerable<string> Twice(Task between)
    {
        yield return "first";
        await between;
        yield return "second";
    }
}
