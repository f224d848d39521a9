using Sluice.Storage;
using Xunit;
using static Sluice.Testing.StorageSamples;

namespace Sluice.Testing;

/// <summary>What every <see cref="ILeaseStore"/> must do.</summary>
public abstract class LeaseStoreContract : StorageContract
{
    private const string RunId = "run-1";

    /// <summary>A run whose owner was never heard of, or is late, is taken over with a larger token.</summary>
    [Fact]
    public async Task TryAcquire_OfARunWhoseOwnerIsNotAlive_TakesItWithALargerToken()
    {
        await using var storage = await CreateWithRunAsync();

        var first = (await storage.Leases.TryAcquireAsync(Tenant, RunId, "owner-2", Noon, Token))!.Value;
        await storage.Leases.RenewAsync(Tenant, "owner-2", Noon.AddMinutes(1), Token);
        var second = (await storage.Leases.TryAcquireAsync(Tenant, RunId, "owner-3", Noon.AddMinutes(1), Token))!.Value;

        Assert.Equal("owner-2", first.Owner);
        Assert.Equal("owner-3", second.Owner);
        Assert.True(first.Token > Lease.Token);
        Assert.True(second.Token > first.Token);
    }

    /// <summary>A living owner keeps its run to itself; it may take it again, which makes its earlier lease void.</summary>
    [Fact]
    public async Task TryAcquire_OfARunWhoseOwnerLives_IsRefusedToOthers()
    {
        await using var storage = await CreateWithRunAsync();
        await storage.Leases.RenewAsync(Tenant, Lease.Owner, Noon.AddMinutes(1), Token);

        Assert.Null(await storage.Leases.TryAcquireAsync(Tenant, RunId, "owner-2", Noon, Token));
        Assert.Equal(Lease, await storage.Leases.GetAsync(Tenant, RunId, Noon, Token));

        var again = (await storage.Leases.TryAcquireAsync(Tenant, RunId, Lease.Owner, Noon, Token))!.Value;
        Assert.True(again.Token > Lease.Token);
        Assert.Equal(again, await storage.Leases.GetAsync(Tenant, RunId, Noon, Token));
    }

    /// <summary>A run that is not known has no lease to take.</summary>
    [Fact]
    public async Task TryAcquire_OfAnUnknownRun_ReturnsNull()
    {
        await using var storage = await CreateAsync();

        Assert.Null(await storage.Leases.TryAcquireAsync(Tenant, RunId, "owner-1", Noon, Token));
        Assert.Null(await storage.Leases.GetAsync(Tenant, RunId, Noon, Token));
    }

    /// <summary>Of several owners who take a run at the same moment exactly one gets it.</summary>
    [Fact]
    public async Task TryAcquire_ByManyOwnersAtOnce_SucceedsForExactlyOne()
    {
        await using var storage = await CreateAsync();
        for (var racer = 0; racer < Racers; racer++) await storage.Leases.RenewAsync(Tenant, $"racer-{racer}", Noon.AddMinutes(1), Token);
        for (var round = 0; round < Rounds; round++)
        {
            var runId = $"run-{round}";
            await storage.Journal.AppendAsync(Tenant, Run(runId, 1), Entries(runId, 1, 1), RunLease.First("gone"), Token);

            var taken = await RaceAsync(async racer => await storage.Leases.TryAcquireAsync(Tenant, runId, $"racer-{racer}", Noon, Token));

            var winner = Assert.Single(taken, lease => lease is not null);
            Assert.Equal(winner, await storage.Leases.GetAsync(Tenant, runId, Noon, Token));
        }
    }

    /// <summary>A lease that was given back is anybody's at once; a void one gives nothing back.</summary>
    [Fact]
    public async Task Release_OfALease_FreesTheRunOnlyWhenItIsTheNewest()
    {
        await using var storage = await CreateWithRunAsync();
        await storage.Leases.RenewAsync(Tenant, "owner-2", Noon.AddMinutes(1), Token);
        var taken = (await storage.Leases.TryAcquireAsync(Tenant, RunId, "owner-2", Noon, Token))!.Value;

        await storage.Leases.ReleaseAsync(Tenant, RunId, Lease, Token);
        Assert.Null(await storage.Leases.TryAcquireAsync(Tenant, RunId, "owner-3", Noon, Token));

        await storage.Leases.ReleaseAsync(Tenant, RunId, taken, Token);
        Assert.Null(await storage.Leases.GetAsync(Tenant, RunId, Noon, Token));
        Assert.True((await storage.Leases.TryAcquireAsync(Tenant, RunId, "owner-3", Noon, Token))!.Value.Token > taken.Token);
    }

    /// <summary>Renewing keeps all leases of an owner, and a later time replaces the one before.</summary>
    [Fact]
    public async Task Renew_OfAnOwner_KeepsAllItsLeases()
    {
        await using var storage = await CreateWithRunAsync();
        await storage.Journal.AppendAsync(Tenant, Run("run-2", 1), Entries("run-2", 1, 1), Lease, Token);
        await storage.Leases.RenewAsync(Tenant, Lease.Owner, Noon.AddMinutes(1), Token);
        await storage.Leases.RenewAsync(Tenant, Lease.Owner, Noon.AddMinutes(9), Token);

        foreach (var runId in new[] { RunId, "run-2" })
        {
            Assert.Equal(Lease, await storage.Leases.GetAsync(Tenant, runId, Noon.AddMinutes(8), Token));
            Assert.Null(await storage.Leases.GetAsync(Tenant, runId, Noon.AddMinutes(9), Token));
        }

        Assert.Equal([new(Lease.Owner, Noon.AddMinutes(9))], await storage.Leases.ListOwnersAsync(Tenant, Token));
    }

    /// <summary>A retired owner holds nothing from then on; retiring one that is not known does nothing.</summary>
    [Fact]
    public async Task Retire_OfAnOwner_FreesItsRuns()
    {
        await using var storage = await CreateWithRunAsync();
        await storage.Leases.RenewAsync(Tenant, Lease.Owner, Noon.AddMinutes(1), Token);

        await storage.Leases.RetireAsync(Tenant, "owner-9", Token);
        await storage.Leases.RetireAsync(Tenant, Lease.Owner, Token);

        Assert.Empty(await storage.Leases.ListOwnersAsync(Tenant, Token));
        Assert.Null(await storage.Leases.GetAsync(Tenant, RunId, Noon, Token));
        Assert.NotNull(await storage.Leases.TryAcquireAsync(Tenant, RunId, "owner-2", Noon, Token));
    }

    /// <summary>Another tenant neither sees nor takes anything, and its owners of the same name are others.</summary>
    [Fact]
    public async Task Leases_OfOneTenant_AreInvisibleToAnother()
    {
        await using var storage = await CreateWithRunAsync();
        await storage.Leases.RenewAsync(Tenant, Lease.Owner, Noon.AddMinutes(1), Token);
        await storage.Leases.RenewAsync(OtherTenant, "owner-2", Noon.AddMinutes(1), Token);

        Assert.Null(await storage.Leases.GetAsync(OtherTenant, RunId, Noon, Token));
        Assert.Null(await storage.Leases.TryAcquireAsync(OtherTenant, RunId, "owner-2", Noon.AddHours(1), Token));
        await storage.Leases.RetireAsync(OtherTenant, Lease.Owner, Token);
        await storage.Leases.ReleaseAsync(OtherTenant, RunId, Lease, Token);

        Assert.Equal(Lease, await storage.Leases.GetAsync(Tenant with { Version = "2" }, RunId, Noon, Token));
        Assert.Equal("owner-2", Assert.Single(await storage.Leases.ListOwnersAsync(OtherTenant, Token)).Owner);
    }

    /// <summary>A token that is cancelled before stops every change.</summary>
    [Fact]
    public async Task Changes_WithACancelledToken_StoreNothing()
    {
        await using var storage = await CreateWithRunAsync();
        await storage.Leases.RenewAsync(Tenant, Lease.Owner, Noon.AddMinutes(1), Token);

        await StopsAsync(() => storage.Leases.RenewAsync(Tenant, "owner-2", Noon, Cancelled).AsTask());
        await StopsAsync(() => storage.Leases.RetireAsync(Tenant, Lease.Owner, Cancelled).AsTask());
        await StopsAsync(() => storage.Leases.ReleaseAsync(Tenant, RunId, Lease, Cancelled).AsTask());
        await StopsAsync(() => storage.Leases.TryAcquireAsync(Tenant, RunId, "owner-2", Noon.AddHours(1), Cancelled).AsTask());

        Assert.Equal(Lease, await storage.Leases.GetAsync(Tenant, RunId, Noon, Token));
        Assert.Single(await storage.Leases.ListOwnersAsync(Tenant, Token));

        static Task StopsAsync(Func<Task> change) => Assert.ThrowsAnyAsync<OperationCanceledException>(change);
    }

    /// <summary>Generated operations give what dictionaries would.</summary>
    [Fact]
    public async Task Operations_InAnyOrder_AgreeWithTheModel()
    {
        await using var storage = await CreateAsync();

        await SeededOperations.RunAsync(sequence => new LeaseStoreModel(storage, TenantsOf(sequence), Token).StepAsync);
    }

    private async ValueTask<IRuntimeStorage> CreateWithRunAsync()
    {
        var storage = await CreateAsync();
        await storage.Journal.AppendAsync(Tenant, Run(RunId, 1), Entries(RunId, 1, 1), Lease, Token);
        return storage;
    }
}
