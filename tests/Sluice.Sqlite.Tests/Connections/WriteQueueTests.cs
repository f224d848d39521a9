using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Schema;

namespace Sluice.Sqlite.Tests.Connections;

public sealed class WriteQueueTests : IAsyncDisposable
{
    private readonly TemporaryStore _store = new();
    private readonly WriteQueue _queue;
    private readonly Writer _writer;
    private int _changesElsewhere;

    public WriteQueueTests()
    {
        var file = new StoreFile(_store.Path, new(), Migrator.Default);
        using (var connection = file.Prepare(mayCreate: true)) Migrator.Default.CreateOrRequireCurrent(connection);
        _writer = new(file);
        _queue = new(_writer, () => Interlocked.Increment(ref _changesElsewhere));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _queue.CloseAsync();
        _store.Dispose();
    }

    [Fact]
    public async Task Operations_QueuedWhileOneRuns_ShareATransactionAndSeeEachOther()
    {
        var transactions = new List<long>();
        await QueueTogetherAsync(() => Enumerable.Range(1, 5).Select(number => _queue.RunAsync(
            connection =>
            {
                transactions.Add(connection.Number("SELECT count(*) FROM owners"));
                return Add(connection, $"owner-{number}");
            },
            Token)));

        // Nobody else sees a row of theirs while they run: the first count is what was committed, the others what those before wrote.
        transactions.ShouldBe([0, 1, 2, 3, 4]);
        Count().ShouldBe(5);
    }

    [Fact]
    public async Task Operation_ThatThrowsAmongOthers_FailsAloneAndWritesNothing()
    {
        var tasks = await QueueTogetherAsync(() => Enumerable.Range(1, 5).Select(number => _queue.RunAsync(
            connection =>
            {
                var added = Add(connection, $"owner-{number}");
                return number == 3 ? throw new InvalidOperationException("No.") : added;
            },
            Token)));

        tasks.Select(task => task.IsFaulted).ShouldBe([false, false, true, false, false]);
        tasks[2].Exception!.InnerException.ShouldBeOfType<InvalidOperationException>();
        Count().ShouldBe(4);
    }

    [Fact]
    public async Task Operation_OverTheLimitOfSqlite_FailsAloneAndTheStoreGoesOn()
    {
        var tasks = await QueueTogetherAsync(() => new[] { 10, 1_000_000_001, 10 }.Select((length, number) =>
            _queue.RunAsync(connection => AddZeros(connection, $"owner-{number}", length), Token)));

        tasks.Select(task => task.IsFaulted).ShouldBe([false, true, false]);
        tasks[1].Exception!.InnerException.ShouldBeOfType<SluiceException>().Message.ShouldContain("too big");
        Count().ShouldBe(2);
    }

    [Fact]
    public async Task Continuation_ThatWaitsForAnotherWrite_DoesNotHoldUpTheWriter()
    {
        var first = _queue.RunAsync(connection => Add(connection, "owner-1"), Token);

        var second = first.ContinueWith(
            _ => _queue.RunAsync(connection => Add(connection, "owner-2"), Token).Wait(TemporaryStore.Patience, Token),
            Token, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        (await second).ShouldBeTrue();
    }

    [Fact]
    public async Task Space_ThatRunsOutForAGroup_FailsWhatDoesNotFitAndComesBack()
    {
        await _queue.RunAsync(connection => connection.Number("PRAGMA max_page_count = 60"), Token);

        var tasks = await QueueTogetherAsync(() => Enumerable.Range(0, 40).Select(number =>
            _queue.RunAsync(connection => Add(connection, $"owner-{number}-{new string('x', 3000)}"), Token)));

        tasks.ShouldContain(task => task.IsCompletedSuccessfully);
        var failed = tasks.Where(task => task.IsFaulted).Select(task => task.Exception!.InnerException.ShouldBeOfType<SluiceException>().Code).ToList();
        failed.ShouldNotBeEmpty();
        failed.ShouldAllBe(code => code == ErrorCodes.StoreFull);
        Count().ShouldBe(tasks.Count - failed.Count);

        await _queue.RunAsync(connection => connection.Number("PRAGMA max_page_count = 6000"), Token);
        await _queue.RunAsync(connection => Add(connection, new string('y', 30_000)), Token);
        Count().ShouldBe(tasks.Count - failed.Count + 1);
        _store.ShouldBeWhole();
    }

    [Fact]
    public async Task Poll_TellsOfOthersWritesAndNotOfItsOwn()
    {
        await _queue.RunAsync(connection => Add(connection, "owner-1"), Token);
        await PollAsync();
        _changesElsewhere.ShouldBe(0);

        using (var other = _store.Connect(TemporaryStore.Patience)) Add(other, "owner-2");
        await PollAsync();
        await PollAsync();
        _changesElsewhere.ShouldBe(1);
    }

    private static int Add(Connection connection, string owner) =>
        connection.Prepare("INSERT INTO owners (tenant, owner, expires_at) VALUES (1, ?, 0)").Bind(owner).Execute();

    private static int AddZeros(Connection connection, string owner, int length)
    {
        Add(connection, owner);
        using var zeros = connection.Prepare("SELECT length(zeroblob(?))").Bind(length);
        return zeros.Step() ? zeros.Int32(0) : 0;
    }

    private long Count()
    {
        using var connection = _store.Connect(TemporaryStore.Patience);
        return connection.Number("SELECT count(*) FROM owners");
    }

    /// <summary>A poll is done before the write that is queued behind it.</summary>
    private async Task PollAsync()
    {
        _queue.Poll();
        await _queue.RunAsync(connection => 0, Token);
    }

    /// <summary>Queues operations while another one runs, and waits until all have ended.</summary>
    private async Task<IReadOnlyList<Task<int>>> QueueTogetherAsync(Func<IEnumerable<Task<int>>> queue)
    {
        using var release = new ManualResetEventSlim();
        var first = _queue.RunAsync(connection => release.Wait(TemporaryStore.Patience), Token);
        var tasks = queue().ToList();
        release.Set();
        (await first).ShouldBeTrue();
        await Task.WhenAll(tasks.Select(task => task.ContinueWith(_ => { }, TaskScheduler.Default)));
        return tasks;
    }
}
