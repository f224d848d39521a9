using System.Text.Json;
using Sluice.Journal;
using Sluice.Storage;

namespace Sluice.Testing.Tests.Faults;

public sealed class FaultyStorageTests
{
    private static readonly TenantSpec Tenant = new() { ResourceId = "tenant-1", Version = "1" };
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly MemoryStorage _inner = MemoryStorage.Create();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Crash_BeforeAnAppend_StoresNothingAndFailsEverythingAfter()
    {
        var faulty = new FaultyStorage(_inner).CrashBefore(StorageOperation.AppendEntries, call => call.Number == 2);
        await AppendAsync(faulty, 1);

        await Should.ThrowAsync<IOException>(() => AppendAsync(faulty, 2));

        faulty.IsCrashed.ShouldBeTrue();
        await Should.ThrowAsync<IOException>(() => AppendAsync(faulty, 2));
        await Should.ThrowAsync<IOException>(async () => await faulty.Threads.GetAsync(Tenant, "thread-1", Token));
        (await CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Crash_AfterAnAppend_HasStoredWhatTheCallerDoesNotKnowOf()
    {
        var faulty = new FaultyStorage(_inner).CrashAfter(
            StorageOperation.AppendEntries, call => call.Entries.Any(entry => entry.Kind == JournalEntryKind.ToolStarted));

        await Should.ThrowAsync<IOException>(() => AppendAsync(faulty, 1));

        (await CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Crash_WhileAnotherCallIsOnItsWay_FailsThatOneToo()
    {
        var faulty = new FaultyStorage(_inner).CrashBefore(StorageOperation.ListThreads);
        var waiting = faulty.Journal.WaitAsync(Tenant, "run-1", 0, Token);
        await Should.ThrowAsync<IOException>(async () => await faulty.Threads.ListAsync(Tenant, null, 10, Token));

        await AppendAsync(_inner, 1);

        await Should.ThrowAsync<IOException>(() => waiting);
    }

    [Fact]
    public async Task Callbacks_AroundACall_SeeItBeforeAndAfterItsWork()
    {
        var seen = new List<string>();
        var faulty = new FaultyStorage(_inner)
            .Before(StorageOperation.AppendEntries, async call => seen.Add($"before {call.Number}: {await CountAsync()}"))
            .After(StorageOperation.AppendEntries, async call => seen.Add($"after {call.Number}: {await CountAsync()}"));

        await AppendAsync(faulty, 1);
        await AppendAsync(faulty, 2);

        seen.ShouldBe(["before 1: 0", "after 1: 1", "before 2: 1", "after 2: 2"]);
    }

    [Fact]
    public async Task Callback_ThatThrows_FailsOnlyItsCall()
    {
        var faulty = new FaultyStorage(_inner).Before(
            StorageOperation.AppendEntries, call => call.Number == 1 ? throw new TimeoutException() : ValueTask.CompletedTask);

        await Should.ThrowAsync<TimeoutException>(() => AppendAsync(faulty, 1));
        await AppendAsync(faulty, 1);

        faulty.CountOf(StorageOperation.AppendEntries).ShouldBe(2);
    }

    [Fact]
    public async Task EveryOperation_OfEveryPort_PassesItsOwnPoint()
    {
        foreach (var operation in Enum.GetValues<StorageOperation>())
        {
            var faulty = new FaultyStorage(_inner).Before(operation, _ => throw new TimeoutException());

            await Should.ThrowAsync<TimeoutException>(async () => await CallAsync(faulty, operation), operation.ToString());

            Enum.GetValues<StorageOperation>().Where(other => faulty.CountOf(other) > 0).ShouldBe([operation]);
        }
    }

    private static async Task CallAsync(FaultyStorage storage, StorageOperation operation)
    {
        var handle = new ReferenceHandle { Kind = "table", Id = "ref-1" };
        await (operation switch
        {
            StorageOperation.AppendEntries => AppendAsync(storage, 1),
            StorageOperation.ReadEntries => storage.Journal.ReadAsync(Tenant, "run-1", 0, Token).ToListAsync(Token).AsTask(),
            StorageOperation.WaitForEntries => storage.Journal.WaitAsync(Tenant, "run-1", 0, Token),
            StorageOperation.GetRun => storage.Journal.GetRunAsync(Tenant, "run-1", Token).AsTask(),
            StorageOperation.ListRuns => storage.Journal.ListRunsAsync(Tenant, RunFilter.All, Token).AsTask(),
            StorageOperation.AddPlan => storage.Plans.TryAddAsync(Tenant, null!, Token).AsTask(),
            StorageOperation.UpdatePlan => storage.Plans.TryUpdateAsync(Tenant, null!, 1, Token).AsTask(),
            StorageOperation.GetPlan => storage.Plans.GetAsync(Tenant, "plan-1", Token).AsTask(),
            StorageOperation.ListPlans => storage.Plans.ListAsync(Tenant, PlanFilter.All, Token).AsTask(),
            StorageOperation.AddApproval => storage.Approvals.TryAddAsync(Tenant, null!, Token).AsTask(),
            StorageOperation.UpdateApproval => storage.Approvals.TryUpdateAsync(Tenant, null!, 1, Token).AsTask(),
            StorageOperation.GetApproval => storage.Approvals.GetAsync(Tenant, "apr-1", Token).AsTask(),
            StorageOperation.ListApprovals => storage.Approvals.ListAsync(Tenant, ApprovalFilter.All, Token).AsTask(),
            StorageOperation.AddGrant => storage.Approvals.AddGrantAsync(Tenant, null!, Token).AsTask(),
            StorageOperation.ListGrants => storage.Approvals.ListGrantsAsync(Tenant, "post", Token).AsTask(),
            StorageOperation.GetSigningKey => storage.Approvals.GetSigningKeyAsync(Tenant, Token).AsTask(),
            StorageOperation.PutReference => storage.References.PutAsync(Tenant, null!, (_, _) => default, Token).AsTask(),
            StorageOperation.GetReference => storage.References.GetAsync(Tenant, handle, Token).AsTask(),
            StorageOperation.OpenReference => storage.References.OpenAsync(Tenant, handle, Token).AsTask(),
            StorageOperation.RemoveExpiredReferences => storage.References.RemoveExpiredAsync(Tenant, Noon, new HashSet<string>(), Token).AsTask(),
            StorageOperation.AddRunToThread => storage.Threads.AddRunAsync(Tenant, "thread-1", "run-1", Noon, Token).AsTask(),
            StorageOperation.ListRunsOfThread => storage.Threads.ListRunsAsync(Tenant, "thread-1", Token).AsTask(),
            StorageOperation.GetThread => storage.Threads.GetAsync(Tenant, "thread-1", Token).AsTask(),
            StorageOperation.ListThreads => storage.Threads.ListAsync(Tenant, null, 10, Token).AsTask(),
            StorageOperation.RequestCancel => storage.Journal.RequestCancelAsync(Tenant, "run-1", Token).AsTask(),
            StorageOperation.RemoveRuns => storage.Journal.RemoveRunsAsync(Tenant, [], Token).AsTask(),
            StorageOperation.RemovePlan => storage.Plans.TryRemoveAsync(Tenant, "plan-1", 1, Token).AsTask(),
            StorageOperation.RemoveRunsFromThread => storage.Threads.RemoveRunsAsync(Tenant, "thread-1", [], Token).AsTask(),
            StorageOperation.WaitForApprovals => storage.Approvals.WaitAsync(Tenant, Token),
            StorageOperation.RemoveApprovals => storage.Approvals.RemoveRunsAsync(Tenant, [], Token).AsTask(),
            StorageOperation.RenewLeases => storage.Leases.RenewAsync(Tenant, "owner-1", Noon, Token).AsTask(),
            StorageOperation.RetireOwner => storage.Leases.RetireAsync(Tenant, "owner-1", Token).AsTask(),
            StorageOperation.ListOwners => storage.Leases.ListOwnersAsync(Tenant, Token).AsTask(),
            StorageOperation.AcquireLease => storage.Leases.TryAcquireAsync(Tenant, "run-1", "owner-1", Noon, Token).AsTask(),
            StorageOperation.GetLease => storage.Leases.GetAsync(Tenant, "run-1", Noon, Token).AsTask(),
            StorageOperation.ReleaseLease => storage.Leases.ReleaseAsync(Tenant, "run-1", RunLease.First("owner-1"), Token).AsTask(),
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "This test does not know the operation."),
        });
    }

    private static async Task AppendAsync(IRuntimeStorage storage, long sequence)
    {
        var run = new RunRecord
        {
            RunId = "run-1",
            ThreadId = "thread-1",
            ThreadOrdinal = 1,
            EntryAgent = "coordinator",
            State = RunState.Running,
            StartedAt = Noon,
            UpdatedAt = Noon,
            LastEntry = sequence,
            LastEvent = 0,
        };
        var entry = new JournalEntry
        {
            RunId = "run-1",
            Sequence = sequence,
            Kind = JournalEntryKind.ToolStarted,
            Key = "main/1/call-1",
            At = Noon,
            Data = JsonSerializer.SerializeToUtf8Bytes(new { toolName = "post", attempt = 1 }),
            EventSequence = 0,
            PreviousHash = JournalHash.Origin,
            Hash = JournalHash.Origin,
        };
        (await storage.Journal.AppendAsync(Tenant, run, [entry], RunLease.First("owner-1"), Token)).ShouldBeTrue();
    }

    private async Task<int> CountAsync() => await _inner.Journal.ReadAsync(Tenant, "run-1", 0, Token).CountAsync(Token);
}
