using Sluice.Studio.Data;
using Sluice.Testing;

namespace Sluice.Studio.Tests.Data;

public sealed class RecentTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly Recent<string> _recent = new();
    private int _reads;

    [Fact]
    public async Task Value_AskedForByMany_IsReadOnce()
    {
        var gate = new TaskCompletionSource();

        var asked = Enumerable.Range(0, 8).Select(_ => GetAsync(gate.Task)).ToArray();
        gate.SetResult();

        (await Task.WhenAll(asked).WaitAsync(StudioHost.Patience, StudioHost.Token)).ShouldAllBe(value => value == "1");
        (await GetAsync(Task.CompletedTask)).ShouldBe("1");
    }

    [Fact]
    public async Task Value_ThatIsOld_IsGivenWhileItIsReadAnew()
    {
        await GetAsync(Task.CompletedTask);
        var gate = new TaskCompletionSource();
        _time.Advance(TimeSpan.FromSeconds(30));

        (await GetAsync(gate.Task)).ShouldBe("1");
        _time.Advance(TimeSpan.FromSeconds(31));
        var waiting = GetAsync(Task.CompletedTask);
        waiting.IsCompleted.ShouldBeFalse();
        gate.SetResult();

        (await waiting.WaitAsync(StudioHost.Patience, StudioHost.Token)).ShouldBe("2");
    }

    /// <summary>What was begun before a change says nothing about it.</summary>
    [Fact]
    public async Task Value_ThatWasForgottenWhileItWasRead_IsReadAnew()
    {
        var gate = new TaskCompletionSource();
        var before = GetAsync(gate.Task);
        _recent.Forget();

        (await GetAsync(Task.CompletedTask)).ShouldNotBeNull();
        gate.SetResult();
        var early = await before.WaitAsync(StudioHost.Patience, StudioHost.Token);

        (await GetAsync(Task.CompletedTask)).ShouldNotBe(early);
    }

    [Fact]
    public async Task Value_ThatCouldNotBeRead_IsTriedAgain()
    {
        await Should.ThrowAsync<InvalidOperationException>(GetAsync(Task.FromException(new InvalidOperationException())));

        (await GetAsync(Task.CompletedTask)).ShouldBe("2");
    }

    private Task<string> GetAsync(Task gate) => _recent.GetAsync(
        _time,
        async () =>
        {
            var number = Interlocked.Increment(ref _reads);
            await gate;
            return $"{number}";
        },
        StudioHost.Token);
}
