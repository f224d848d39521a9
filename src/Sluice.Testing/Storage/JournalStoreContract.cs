using System.Text;
using Sluice.Journal;
using Sluice.Storage;
using Xunit;
using static Sluice.Testing.StorageSamples;

namespace Sluice.Testing;

/// <summary>What every <see cref="IJournalStore"/> must do.</summary>
public abstract partial class JournalStoreContract : StorageContract
{
    private const string RunId = "run-1";

    /// <summary>Entries come back as they were, and with them the row.</summary>
    [Fact]
    public async Task Append_OfANewRun_IsReadBackWhole()
    {
        await using var storage = await CreateAsync();
        var entries = Entries(RunId, 1, 3);

        Assert.True(await storage.Journal.AppendAsync(Tenant, Run(RunId, 3), entries, Lease, Token));

        var read = await ReadAsync(storage, Tenant);
        Assert.Equal(3, read.Count);
        foreach (var (expected, actual) in entries.Zip(read)) AssertSame(expected, actual);
        Assert.Null(JournalHash.FindBreak(read));
        Assert.Equal(Run(RunId, 3), await storage.Journal.GetRunAsync(Tenant, RunId, Token));
    }

    /// <summary>Data of a megabyte and of no bytes are kept byte for byte.</summary>
    [Fact]
    public async Task Append_OfLargeAndEmptyData_KeepsEveryByte()
    {
        await using var storage = await CreateAsync();
        var large = new byte[1 << 20];
        new Random(7).NextBytes(large);
        var first = Entry(RunId, 1, "", JournalHash.Origin) with { Data = large };
        var second = Entry(RunId, 2, "", first.Hash) with { Data = default };

        await storage.Journal.AppendAsync(Tenant, Run(RunId, 2), [first, second], Lease, Token);

        var read = await ReadAsync(storage, Tenant);
        Assert.True(read[0].Data.Span.SequenceEqual(large));
        Assert.True(read[1].Data.IsEmpty);
    }

    /// <summary>The row after an append replaces the one before.</summary>
    [Fact]
    public async Task Append_ToARun_ReplacesItsRow()
    {
        await using var storage = await CreateAsync();
        await storage.Journal.AppendAsync(Tenant, Run(RunId, 1), Entries(RunId, 1, 1), Lease, Token);
        var failed = Run(RunId, 2) with
        {
            State = RunState.Failed,
            FinishReason = FinishReason.Limit,
            Error = new() { Code = "x", Message = "No \"luck\".", Retryable = true },
        };

        Assert.True(await storage.Journal.AppendAsync(Tenant, failed, Entries(RunId, 2, 1), Lease, Token));

        Assert.Equal(failed, await storage.Journal.GetRunAsync(Tenant, RunId, Token));
    }

    /// <summary>The sample of an eval that a run is stays as the first append has it, whatever rows follow and whether the run waits or ends.</summary>
    [Fact]
    public async Task Append_ToASampleOfAnEval_KeepsTheSampleOfTheFirstAppend()
    {
        await using var storage = await CreateAsync();
        var sample = Sample("eval-1", "Größe 4", 2);
        await AppendAsync(Run(RunId, 1) with { EvalSample = sample });
        await AppendAsync(Run("run-2", 1));

        Assert.Equal(sample, await SampleOfAsync(RunId));
        foreach (var (state, number) in new[] { (RunState.Running, 2), (RunState.Waiting, 3), (RunState.Running, 4), (RunState.Finished, 5) })
        {
            await AppendAsync(Run(RunId, number) with { State = state, EvalSample = number % 2 == 0 ? null : Sample("eval-2", "b") });
            await AppendAsync(Run("run-2", number) with { State = state, EvalSample = sample });
            Assert.Equal(sample, await SampleOfAsync(RunId));
            Assert.Null(await SampleOfAsync("run-2"));
        }

        async Task AppendAsync(RunRecord run) =>
            Assert.True(await storage.Journal.AppendAsync(Tenant, run, Entries(run.RunId, run.LastEntry, 1), Lease, Token));
        async Task<EvalSample?> SampleOfAsync(string runId) => (await storage.Journal.GetRunAsync(Tenant, runId, Token))!.EvalSample;
    }

    /// <summary>A sequence that is taken or leaves a gap is a conflict: false, and neither row nor entries change.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Append_ThatDoesNotFollow_ReturnsFalseAndStoresNothing(long sequence)
    {
        await using var storage = await CreateAsync();
        await storage.Journal.AppendAsync(Tenant, Run(RunId, 2), Entries(RunId, 1, 2), Lease, Token);

        Assert.False(await storage.Journal.AppendAsync(
            Tenant, Run(RunId, sequence + 2) with { State = RunState.Failed }, Entries(RunId, sequence, 3, "other"), Lease, Token));

        Assert.Equal(Run(RunId, 2), await storage.Journal.GetRunAsync(Tenant, RunId, Token));
        Assert.Equal(2, (await ReadAsync(storage, Tenant)).Count);
    }

    /// <summary>A new run begins at 1; anything else leaves the run unknown.</summary>
    [Fact]
    public async Task Append_OfANewRunNotFromOne_ReturnsFalseAndMakesNoRun()
    {
        await using var storage = await CreateAsync();

        Assert.False(await storage.Journal.AppendAsync(Tenant, Run(RunId, 2), Entries(RunId, 2, 1), Lease, Token));

        Assert.Null(await storage.Journal.GetRunAsync(Tenant, RunId, Token));
        Assert.Empty(await storage.Journal.ListRunsAsync(Tenant, RunFilter.All, Token));
    }

    /// <summary>No entries, a gap between entries, another run's entries and a row that names another entry are the caller's bugs.</summary>
    [Fact]
    public async Task Append_OfEntriesThatAreNoNextPart_IsRefused()
    {
        await using var storage = await CreateAsync();
        var journal = storage.Journal;

        await RefuseAsync(Run(RunId, 0), []);
        await RefuseAsync(Run(RunId, 3), [Entry(RunId, 1, "", JournalHash.Origin), Entry(RunId, 3, "", JournalHash.Origin)]);
        await RefuseAsync(Run(RunId, 1), Entries("run-2", 1, 1));
        await RefuseAsync(Run(RunId, 7), Entries(RunId, 1, 1));

        Assert.Null(await journal.GetRunAsync(Tenant, RunId, Token));

        async Task RefuseAsync(RunRecord run, IReadOnlyList<JournalEntry> entries) =>
            await Assert.ThrowsAsync<ArgumentException>(async () => await journal.AppendAsync(Tenant, run, entries, Lease, Token));
    }

    /// <summary>Of several writers of the same sequence exactly one wins, with its whole batch and its row; the first append is such a race too.</summary>
    [Fact]
    public async Task Append_ByManyAtOnce_SucceedsForExactlyOne()
    {
        await using var storage = await CreateAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var next = (round * 2) + 1;

            var won = await RaceAsync(async racer => await storage.Journal.AppendAsync(
                Tenant, Run(RunId, next + 1) with { EntryAgent = $"agent-{racer}" }, Entries(RunId, next, 2, $"racer-{racer}"), Lease, Token));

            var winner = Assert.Single(Enumerable.Range(0, Racers), racer => won[racer]);
            var read = await ReadAsync(storage, Tenant, afterSequence: next - 1);
            Assert.Equal([next, next + 1], read.Select(entry => entry.Sequence));
            Assert.All(read, entry => Assert.Contains($"\"racer-{winner}\"", Encoding.UTF8.GetString(entry.Data.Span), StringComparison.Ordinal));
            Assert.Equal($"agent-{winner}", (await storage.Journal.GetRunAsync(Tenant, RunId, Token))!.EntryAgent);
        }
    }

    /// <summary>Runs that are written at the same time do not get into each other.</summary>
    [Fact]
    public async Task Append_ToManyRunsAtOnce_KeepsEachInOrder()
    {
        await using var storage = await CreateAsync();

        var complete = await RaceAsync(async racer =>
        {
            for (var sequence = 1; sequence <= 10; sequence++)
            {
                if (!await storage.Journal.AppendAsync(Tenant, Run($"run-{racer}", sequence), Entries($"run-{racer}", sequence, 1), Lease, Token)) return false;
            }

            return (await ReadAsync(storage, Tenant, $"run-{racer}")).Select(entry => entry.Sequence).SequenceEqual(Enumerable.Range(1, 10).Select(n => (long)n));
        });

        Assert.All(complete, Assert.True);
    }

    /// <summary>The newest lease of a run is the only one that writes; one that was taken over is refused and stores nothing.</summary>
    [Fact]
    public async Task Append_WithALeaseThatWasTakenOver_ReturnsFalseAndStoresNothing()
    {
        await using var storage = await CreateAsync();
        await storage.Journal.AppendAsync(Tenant, Run(RunId, 1), Entries(RunId, 1, 1), Lease, Token);
        var taken = (await storage.Leases.TryAcquireAsync(Tenant, RunId, "owner-2", Noon, Token))!.Value;

        Assert.False(await storage.Journal.AppendAsync(Tenant, Run(RunId, 2), Entries(RunId, 2, 1), Lease, Token));
        Assert.False(await storage.Journal.AppendAsync(Tenant, Run(RunId, 2), Entries(RunId, 2, 1), taken with { Owner = "owner-1" }, Token));
        Assert.Equal(Run(RunId, 1), await storage.Journal.GetRunAsync(Tenant, RunId, Token));

        Assert.True(await storage.Journal.AppendAsync(Tenant, Run(RunId, 2), Entries(RunId, 2, 1), taken, Token));
    }

    /// <summary>With its last entry a run gives its lease back, and nobody writes after that.</summary>
    [Fact]
    public async Task Append_ThatEndsTheRun_GivesTheLeaseBack()
    {
        await using var storage = await CreateAsync();
        await storage.Leases.RenewAsync(Tenant, Lease.Owner, Noon.AddMinutes(1), Token);
        await storage.Journal.AppendAsync(Tenant, Run(RunId, 1), Entries(RunId, 1, 1), Lease, Token);
        Assert.Equal(Lease, await storage.Leases.GetAsync(Tenant, RunId, Noon, Token));

        await storage.Journal.AppendAsync(Tenant, Run(RunId, 2) with { State = RunState.Finished }, Entries(RunId, 2, 1), Lease, Token);

        Assert.Null(await storage.Leases.GetAsync(Tenant, RunId, Noon, Token));
        Assert.False(await storage.Journal.AppendAsync(Tenant, Run(RunId, 3), Entries(RunId, 3, 1), Lease, Token));
    }

    /// <summary>The store keeps copies: a buffer that is used again does not change an entry.</summary>
    [Fact]
    public async Task Append_OfABufferThatIsReused_KeepsWhatWasAppended()
    {
        await using var storage = await CreateAsync();
        var buffer = "{\"a\":1}"u8.ToArray();
        await storage.Journal.AppendAsync(Tenant, Run(RunId, 1), [Entry(RunId, 1, "", JournalHash.Origin) with { Data = buffer }], Lease, Token);

        Array.Clear(buffer);

        Assert.Equal("{\"a\":1}"u8.ToArray(), (await ReadAsync(storage, Tenant)).Single().Data.ToArray());
    }

    /// <summary>A token that is cancelled before stops an append.</summary>
    [Fact]
    public async Task Append_WithACancelledToken_StoresNothing()
    {
        await using var storage = await CreateAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await storage.Journal.AppendAsync(Tenant, Run(RunId, 1), Entries(RunId, 1, 1), Lease, Cancelled));

        Assert.Null(await storage.Journal.GetRunAsync(Tenant, RunId, Token));
    }

    /// <summary>Reading from a sequence leaves out what came before; past the end, and for an unknown run, there is nothing.</summary>
    [Fact]
    public async Task Read_AfterASequence_GivesOnlyWhatFollows()
    {
        await using var storage = await CreateAsync();
        await storage.Journal.AppendAsync(Tenant, Run(RunId, 5), Entries(RunId, 1, 5), Lease, Token);

        Assert.Equal([4, 5], (await ReadAsync(storage, Tenant, afterSequence: 3)).Select(entry => entry.Sequence));
        Assert.Empty(await ReadAsync(storage, Tenant, afterSequence: 5));
        Assert.Empty(await ReadAsync(storage, Tenant, afterSequence: 500));
        Assert.Empty(await ReadAsync(storage, Tenant, "run-2"));
    }

    /// <summary>A reader beside a writer sees a beginning of the run without gaps, and ends.</summary>
    [Fact]
    public async Task Read_WhileARunIsWritten_SeesNoGap()
    {
        await using var storage = await CreateAsync();
        var writer = Task.Run(async () =>
        {
            for (var sequence = 1; sequence <= 100; sequence++)
                await storage.Journal.AppendAsync(Tenant, Run(RunId, sequence), Entries(RunId, sequence, 1), Lease, Token);
        }, Token);

        int seen;
        do
        {
            var read = await ReadAsync(storage, Tenant);
            seen = read.Count;
            Assert.Equal(Enumerable.Range(1, seen).Select(n => (long)n), read.Select(entry => entry.Sequence));
        }
        while (seen < 100 && !writer.IsFaulted);

        await writer;
    }

    /// <summary>Waiting for what is there already does not wait.</summary>
    [Fact]
    public async Task Wait_ForEntriesThatAreThere_CompletesAtOnce()
    {
        await using var storage = await CreateAsync();
        await storage.Journal.AppendAsync(Tenant, Run(RunId, 2), Entries(RunId, 1, 2), Lease, Token);

        await storage.Journal.WaitAsync(Tenant, RunId, 1, Token).WaitAsync(Patience, Token);
    }

    /// <summary>An append wakes everybody who waits for it.</summary>
    [Fact]
    public async Task Wait_ForEntriesThatCome_IsWokenByTheAppend()
    {
        await using var storage = await CreateAsync();
        await storage.Journal.AppendAsync(Tenant, Run(RunId, 1), Entries(RunId, 1, 1), Lease, Token);
        var waiters = Enumerable.Range(0, Racers).Select(_ => WaitUntilAsync(storage, 1)).ToArray();

        await storage.Journal.AppendAsync(Tenant, Run(RunId, 2), Entries(RunId, 2, 1), Lease, Token);

        await Task.WhenAll(waiters).WaitAsync(Patience, Token);
    }

    /// <summary>Who waits for a run that is not known yet is woken by its beginning.</summary>
    [Fact]
    public async Task Wait_ForARunThatIsNotKnown_IsWokenByItsFirstEntry()
    {
        await using var storage = await CreateAsync();
        var waiter = WaitUntilAsync(storage, 0);
        await storage.Journal.AppendAsync(Tenant, Run("run-2", 1), Entries("run-2", 1, 1), Lease, Token);

        await storage.Journal.AppendAsync(Tenant, Run(RunId, 1), Entries(RunId, 1, 1), Lease, Token);

        await waiter.WaitAsync(Patience, Token);
    }

    /// <summary>Cancelling one wait ends that one and leaves the others waiting.</summary>
    [Fact]
    public async Task Wait_ThatIsCancelled_EndsAloneWithCancellation()
    {
        await using var storage = await CreateAsync();
        await storage.Journal.AppendAsync(Tenant, Run(RunId, 1), Entries(RunId, 1, 1), Lease, Token);
        using var cancellation = new CancellationTokenSource();
        var other = WaitUntilAsync(storage, 1);
        var cancelled = storage.Journal.WaitAsync(Tenant, RunId, 1, cancellation.Token);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Patience, Token));

        await storage.Journal.AppendAsync(Tenant, Run(RunId, 2), Entries(RunId, 2, 1), Lease, Token);
        await other.WaitAsync(Patience, Token);
    }

    /// <summary>Another tenant sees nothing, can use the same ids, and changes nothing; another version of the tenant is the same tenant.</summary>
    [Fact]
    public async Task Runs_OfOneTenant_AreInvisibleToAnother()
    {
        await using var storage = await CreateAsync();
        await storage.Journal.AppendAsync(Tenant, Run(RunId, 2), Entries(RunId, 1, 2), Lease, Token);

        Assert.Null(await storage.Journal.GetRunAsync(OtherTenant, RunId, Token));
        Assert.Empty(await storage.Journal.ListRunsAsync(OtherTenant, RunFilter.All, Token));
        Assert.Empty(await ReadAsync(storage, OtherTenant));
        Assert.False(await storage.Journal.AppendAsync(OtherTenant, Run(RunId, 3), Entries(RunId, 3, 1), Lease, Token));
        Assert.True(await storage.Journal.AppendAsync(OtherTenant, Run(RunId, 1), Entries(RunId, 1, 1), Lease, Token));

        Assert.Equal(2, (await ReadAsync(storage, Tenant with { Version = "2" })).Count);
    }

    /// <summary>Generated operations give what a list of entries per run would.</summary>
    [Fact]
    public async Task Operations_InAnyOrder_AgreeWithTheModel()
    {
        await using var storage = await CreateAsync();

        await SeededOperations.RunAsync(sequence => new JournalStoreModel(storage.Journal, TenantsOf(sequence), Token).StepAsync);
    }

    private static async Task<IReadOnlyList<JournalEntry>> ReadAsync(
        IRuntimeStorage storage, TenantSpec tenant, string runId = RunId, long afterSequence = 0) =>
        await storage.Journal.ReadAsync(tenant, runId, afterSequence, Token).ToListAsync(Token);

    /// <summary>A wait may end early, so a waiter looks and waits again.</summary>
    private async Task WaitUntilAsync(IRuntimeStorage storage, long afterSequence)
    {
        while ((await ReadAsync(storage, Tenant, afterSequence: afterSequence)).Count == 0)
            await storage.Journal.WaitAsync(Tenant, RunId, afterSequence, Token);
    }
}
