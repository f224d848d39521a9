using Sluice.Storage;
using Xunit;
using static Sluice.Testing.StorageSamples;

namespace Sluice.Testing;

/// <summary>What every <see cref="IThreadStore"/> must do.</summary>
public abstract class ThreadStoreContract : StorageContract
{
    private const string ThreadId = "thread-1";

    /// <summary>Runs get their places in the order they come, and the thread's row follows.</summary>
    [Fact]
    public async Task AddRun_OfSeveralRuns_GivesPlacesInOrder()
    {
        await using var storage = await CreateAsync();

        Assert.Equal(1, await storage.Threads.AddRunAsync(Tenant, ThreadId, "run-b", Noon, Token));
        Assert.Equal(2, await storage.Threads.AddRunAsync(Tenant, ThreadId, "run-a", Noon.AddMinutes(1), Token));
        Assert.Equal(1, await storage.Threads.AddRunAsync(Tenant, "thread-2", "run-c", Noon, Token));

        Assert.Equal(["run-b", "run-a"], await storage.Threads.ListRunsAsync(Tenant, ThreadId, Token));
        Assert.Equal(
            new() { ThreadId = ThreadId, CreatedAt = Noon, UpdatedAt = Noon.AddMinutes(1), RunCount = 2 },
            await storage.Threads.GetAsync(Tenant, ThreadId, Token));
    }

    /// <summary>A run that is on the thread already keeps its place, and the thread is not touched.</summary>
    [Fact]
    public async Task AddRun_OfARunThatIsThere_ReturnsItsPlace()
    {
        await using var storage = await CreateAsync();
        await storage.Threads.AddRunAsync(Tenant, ThreadId, "run-1", Noon, Token);
        await storage.Threads.AddRunAsync(Tenant, ThreadId, "run-2", Noon, Token);

        Assert.Equal(1, await storage.Threads.AddRunAsync(Tenant, ThreadId, "run-1", Noon.AddHours(1), Token));

        var thread = await storage.Threads.GetAsync(Tenant, ThreadId, Token);
        Assert.Equal((2, Noon), (thread!.RunCount, thread.UpdatedAt));
    }

    /// <summary>Runs that are added at the same time get places of their own, without gaps.</summary>
    [Fact]
    public async Task AddRun_ByManyAtOnce_GivesEachItsOwnPlace()
    {
        await using var storage = await CreateAsync();
        for (var round = 1; round <= Rounds; round++)
        {
            var threadId = $"thread-{round}";

            var places = await RaceAsync(async racer => await storage.Threads.AddRunAsync(Tenant, threadId, $"run-{racer}", Noon, Token));

            Assert.Equal(Enumerable.Range(1, Racers), places.Order());
            var runs = await storage.Threads.ListRunsAsync(Tenant, threadId, Token);
            Assert.All(Enumerable.Range(0, Racers), racer => Assert.Equal($"run-{racer}", runs[places[racer] - 1]));
        }
    }

    /// <summary>One run that is added by several callers has one place.</summary>
    [Fact]
    public async Task AddRun_OfOneRunByMany_GivesOnePlace()
    {
        await using var storage = await CreateAsync();

        var places = await RaceAsync(async _ => await storage.Threads.AddRunAsync(Tenant, ThreadId, "run-1", Noon, Token));

        Assert.All(places, place => Assert.Equal(1, place));
        Assert.Single(await storage.Threads.ListRunsAsync(Tenant, ThreadId, Token));
    }

    /// <summary>Runs that are removed leave the places of the others as they are; a thread without runs is gone and may begin anew.</summary>
    [Fact]
    public async Task RemoveRuns_OfSome_KeepsThePlacesOfTheOthers()
    {
        await using var storage = await CreateAsync();
        foreach (var runId in new[] { "run-1", "run-2", "run-3" }) await storage.Threads.AddRunAsync(Tenant, ThreadId, runId, Noon, Token);
        await storage.Threads.AddRunAsync(OtherTenant, ThreadId, "run-1", Noon, Token);

        await storage.Threads.RemoveRunsAsync(Tenant, ThreadId, ["run-1", "run-x"], Token);

        Assert.Equal(["run-2", "run-3"], await storage.Threads.ListRunsAsync(Tenant, ThreadId, Token));
        Assert.Equal(2, (await storage.Threads.GetAsync(Tenant, ThreadId, Token))!.RunCount);
        Assert.Equal(3, await storage.Threads.AddRunAsync(Tenant, ThreadId, "run-3", Noon, Token));
        Assert.Equal(4, await storage.Threads.AddRunAsync(Tenant, ThreadId, "run-4", Noon, Token));

        await storage.Threads.RemoveRunsAsync(Tenant, ThreadId, ["run-2", "run-3", "run-4"], Token);

        Assert.Null(await storage.Threads.GetAsync(Tenant, ThreadId, Token));
        Assert.Empty(await storage.Threads.ListAsync(Tenant, null, 1000, Token));
        Assert.Equal(["run-1"], await storage.Threads.ListRunsAsync(OtherTenant, ThreadId, Token));
        Assert.Equal(1, await storage.Threads.AddRunAsync(Tenant, ThreadId, "run-5", Noon.AddMinutes(1), Token));
        Assert.Equal(Noon.AddMinutes(1), (await storage.Threads.GetAsync(Tenant, ThreadId, Token))!.CreatedAt);
    }

    /// <summary>A token that is cancelled before stops adding.</summary>
    [Fact]
    public async Task AddRun_WithACancelledToken_StoresNothing()
    {
        await using var storage = await CreateAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await storage.Threads.AddRunAsync(Tenant, ThreadId, "run-1", Noon, Cancelled));

        Assert.Null(await storage.Threads.GetAsync(Tenant, ThreadId, Token));
    }

    /// <summary>A thread that is not known has no row and no runs.</summary>
    [Fact]
    public async Task Get_OfAThreadThatIsNotKnown_IsNull()
    {
        await using var storage = await CreateAsync();

        Assert.Null(await storage.Threads.GetAsync(Tenant, ThreadId, Token));
        Assert.Empty(await storage.Threads.ListRunsAsync(Tenant, ThreadId, Token));
        Assert.Empty(await storage.Threads.ListAsync(Tenant, null, 1000, Token));
    }

    /// <summary>Threads are listed last used first; those of one instant by id, last first; up to the limit.</summary>
    [Fact]
    public async Task List_OfSeveral_GivesTheLastUsedFirstUpToTheLimit()
    {
        await using var storage = await CreateAsync();
        foreach (var (threadId, minute) in new[] { ("thread-b", 2), ("thread-a", 2), ("thread-c", 0), ("thread-d", 1), ("thread-c", 3) })
            await storage.Threads.AddRunAsync(Tenant, threadId, $"run-{threadId}-{minute}", Noon.AddMinutes(minute), Token);

        Assert.Equal(["thread-c", "thread-b", "thread-a", "thread-d"], await ListAsync(1000));
        Assert.Equal(["thread-c", "thread-b"], await ListAsync(2));

        async Task<IEnumerable<string>> ListAsync(int limit) =>
            (await storage.Threads.ListAsync(Tenant, null, limit, Token)).Select(thread => thread.ThreadId);
    }

    /// <summary>Pages that follow one another hold every thread once, whatever is used meanwhile; threads of one instant are told apart by id.</summary>
    [Fact]
    public async Task List_AfterAPlace_GivesTheThreadsThatFollow()
    {
        await using var storage = await CreateAsync();
        foreach (var (threadId, minute) in new[] { ("thread-b", 2), ("thread-a", 2), ("thread-c", 0), ("thread-d", 1), ("thread-B", 2) })
            await storage.Threads.AddRunAsync(Tenant, threadId, $"run-{threadId}", Noon.AddMinutes(minute), Token);
        await storage.Threads.AddRunAsync(OtherTenant, "thread-0", "run-0", Noon, Token);

        var first = await storage.Threads.ListAsync(Tenant, null, 2, Token);
        await storage.Threads.AddRunAsync(Tenant, "thread-new", "run-new", Noon.AddMinutes(9), Token);
        var second = await storage.Threads.ListAsync(Tenant, PlaceOf(first[^1]), 2, Token);
        var third = await storage.Threads.ListAsync(Tenant, PlaceOf(second[^1]), 2, Token);

        Assert.Equal(["thread-b", "thread-a"], first.Select(thread => thread.ThreadId));
        Assert.Equal(["thread-B", "thread-d"], second.Select(thread => thread.ThreadId));
        Assert.Equal(["thread-c"], third.Select(thread => thread.ThreadId));
        Assert.Empty(await storage.Threads.ListAsync(Tenant, PlaceOf(third[^1]), 2, Token));

        static ThreadCursor PlaceOf(ThreadRecord thread) => new(thread.UpdatedAt, thread.ThreadId);
    }

    /// <summary>A limit is from 1 to 1000.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task List_WithALimitOutOfRange_IsRefused(int limit)
    {
        await using var storage = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await storage.Threads.ListAsync(Tenant, null, limit, Token));
    }

    /// <summary>Another tenant sees nothing and can use the same ids; another version of the tenant is the same tenant.</summary>
    [Fact]
    public async Task Threads_OfOneTenant_AreInvisibleToAnother()
    {
        await using var storage = await CreateAsync();
        await storage.Threads.AddRunAsync(Tenant, ThreadId, "run-1", Noon, Token);

        Assert.Null(await storage.Threads.GetAsync(OtherTenant, ThreadId, Token));
        Assert.Empty(await storage.Threads.ListRunsAsync(OtherTenant, ThreadId, Token));
        Assert.Empty(await storage.Threads.ListAsync(OtherTenant, null, 1000, Token));
        Assert.Equal(1, await storage.Threads.AddRunAsync(OtherTenant, ThreadId, "run-2", Noon, Token));

        Assert.Equal(["run-1"], await storage.Threads.ListRunsAsync(Tenant with { Version = "2" }, ThreadId, Token));
    }

    /// <summary>Generated operations give what lists in a dictionary would.</summary>
    [Fact]
    public async Task Operations_InAnyOrder_AgreeWithTheModel()
    {
        await using var storage = await CreateAsync();

        await SeededOperations.RunAsync(sequence => new ThreadStoreModel(storage.Threads, TenantsOf(sequence), Token).StepAsync);
    }
}
