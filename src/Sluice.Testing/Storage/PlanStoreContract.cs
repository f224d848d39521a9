using System.Text.Json;
using Sluice.Storage;
using Xunit;
using static Sluice.Testing.StorageSamples;

namespace Sluice.Testing;

/// <summary>What every <see cref="IPlanStore"/> must do.</summary>
public abstract class PlanStoreContract : StorageContract
{
    private const string PlanId = "plan-1";

    /// <summary>A plan comes back as it was; one that is not known is null.</summary>
    [Fact]
    public async Task Add_OfANewPlan_IsReadBackWhole()
    {
        await using var storage = await CreateAsync();
        var plan = Plan(PlanId) with
        {
            Result = new() { EntitiesAffected = 2, Summary = "Two.", Details = JsonElement.Parse("""{"ids":[1,2]}""") },
            Error = new() { Code = "x", Message = "No.", Retryable = true },
        };

        Assert.True(await storage.Plans.TryAddAsync(Tenant, plan, Token));

        AssertSame(plan, await storage.Plans.GetAsync(Tenant, PlanId, Token));
        Assert.Null(await storage.Plans.GetAsync(Tenant, "plan-2", Token));
    }

    /// <summary>An id is used once in a tenant.</summary>
    [Fact]
    public async Task Add_OfAKnownId_ReturnsFalseAndKeepsThePlan()
    {
        await using var storage = await CreateAsync();
        await storage.Plans.TryAddAsync(Tenant, Plan(PlanId), Token);

        Assert.False(await storage.Plans.TryAddAsync(Tenant, Plan(PlanId) with { SpecName = "other" }, Token));

        AssertSame(Plan(PlanId), await storage.Plans.GetAsync(Tenant, PlanId, Token));
    }

    /// <summary>Of several callers who add the same id, exactly one succeeds.</summary>
    [Fact]
    public async Task Add_OfOneIdByMany_SucceedsForExactlyOne()
    {
        await using var storage = await CreateAsync();

        var won = await RaceAsync(async racer => await storage.Plans.TryAddAsync(Tenant, Plan(PlanId) with { SpecName = $"spec-{racer}" }, Token));

        var winner = Assert.Single(Enumerable.Range(0, Racers), racer => won[racer]);
        Assert.Equal($"spec-{winner}", (await storage.Plans.GetAsync(Tenant, PlanId, Token))!.SpecName);
    }

    /// <summary>An update that saw the latest row replaces it whole.</summary>
    [Fact]
    public async Task Update_OfTheRevisionThatIsStored_ReplacesTheRow()
    {
        await using var storage = await CreateAsync();
        await storage.Plans.TryAddAsync(Tenant, Plan(PlanId), Token);
        var approved = Approve(Plan(PlanId));

        Assert.True(await storage.Plans.TryUpdateAsync(Tenant, approved, 1, Token));

        AssertSame(approved, await storage.Plans.GetAsync(Tenant, PlanId, Token));
    }

    /// <summary>An update that saw an older row, or one of a plan that is not known, stores nothing.</summary>
    [Fact]
    public async Task Update_OfAnotherRevision_ReturnsFalseAndKeepsTheRow()
    {
        await using var storage = await CreateAsync();
        await storage.Plans.TryAddAsync(Tenant, Plan(PlanId), Token);
        var approved = Approve(Plan(PlanId));
        await storage.Plans.TryUpdateAsync(Tenant, approved, 1, Token);

        Assert.False(await storage.Plans.TryUpdateAsync(Tenant, Plan(PlanId) with { Revision = 2 }, 1, Token));
        Assert.False(await storage.Plans.TryUpdateAsync(Tenant, Plan(PlanId) with { Revision = 4 }, 3, Token));
        Assert.False(await storage.Plans.TryUpdateAsync(Tenant, Plan("plan-2") with { Revision = 2 }, 1, Token));

        AssertSame(approved, await storage.Plans.GetAsync(Tenant, PlanId, Token));
        Assert.Null(await storage.Plans.GetAsync(Tenant, "plan-2", Token));
    }

    /// <summary>A row whose revision does not follow the expected one is the caller's bug.</summary>
    [Fact]
    public async Task Update_ToARevisionThatDoesNotFollow_IsRefused()
    {
        await using var storage = await CreateAsync();
        await storage.Plans.TryAddAsync(Tenant, Plan(PlanId), Token);

        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await storage.Plans.TryUpdateAsync(Tenant, Plan(PlanId) with { Revision = 3 }, 1, Token));
    }

    /// <summary>Of several callers with the same revision exactly one succeeds.</summary>
    [Fact]
    public async Task Update_ByManyAtOnce_SucceedsForExactlyOne()
    {
        await using var storage = await CreateAsync();
        for (var round = 1; round <= Rounds; round++)
        {
            var plan = Plan($"plan-{round}");
            await storage.Plans.TryAddAsync(Tenant, plan, Token);

            var won = await RaceAsync(async racer =>
                await storage.Plans.TryUpdateAsync(Tenant, Approve(plan) with { StepKey = $"main/{racer}" }, 1, Token));

            var winner = Assert.Single(Enumerable.Range(0, Racers), racer => won[racer]);
            Assert.Equal($"main/{winner}", (await storage.Plans.GetAsync(Tenant, plan.PlanId, Token))!.StepKey);
        }
    }

    /// <summary>The store keeps copies: neither a disposed document nor a changed list changes a row.</summary>
    [Fact]
    public async Task Add_OfJsonWhoseDocumentIsDisposed_KeepsItsContent()
    {
        await using var storage = await CreateAsync();
        List<PlanAction> actions = [.. Plan(PlanId).Actions];
        using (var document = JsonDocument.Parse("""{"goal":"x"}"""))
            await storage.Plans.TryAddAsync(Tenant, Plan(PlanId) with { Context = document.RootElement, Actions = actions }, Token);
        actions.Clear();

        var stored = await storage.Plans.GetAsync(Tenant, PlanId, Token);

        Assert.Equal("x", stored!.Context.GetProperty("goal").GetString());
        Assert.Single(stored.Actions);
    }

    /// <summary>A plan is removed at the revision the caller saw and at no other; other tenants' plans stay.</summary>
    [Fact]
    public async Task Remove_OfAPlan_SucceedsOnlyAtTheRevisionThatIsStored()
    {
        await using var storage = await CreateAsync();
        await storage.Plans.TryAddAsync(Tenant, Plan("plan-1"), Token);
        await storage.Plans.TryAddAsync(OtherTenant, Plan("plan-1"), Token);
        await storage.Plans.TryUpdateAsync(Tenant, Plan("plan-1") with { Revision = 2 }, 1, Token);

        Assert.False(await storage.Plans.TryRemoveAsync(Tenant, "plan-1", 1, Token));
        Assert.False(await storage.Plans.TryRemoveAsync(Tenant, "plan-2", 1, Token));
        Assert.NotNull(await storage.Plans.GetAsync(Tenant, "plan-1", Token));

        Assert.True(await storage.Plans.TryRemoveAsync(Tenant, "plan-1", 2, Token));
        Assert.Null(await storage.Plans.GetAsync(Tenant, "plan-1", Token));
        Assert.NotNull(await storage.Plans.GetAsync(OtherTenant, "plan-1", Token));
    }

    /// <summary>A token that is cancelled before stops adding and updating.</summary>
    [Fact]
    public async Task Write_WithACancelledToken_StoresNothing()
    {
        await using var storage = await CreateAsync();
        await storage.Plans.TryAddAsync(Tenant, Plan(PlanId), Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await storage.Plans.TryAddAsync(Tenant, Plan("plan-2"), Cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await storage.Plans.TryUpdateAsync(Tenant, Approve(Plan(PlanId)), 1, Cancelled));

        Assert.Equal(1, Assert.Single(await storage.Plans.ListAsync(Tenant, PlanFilter.All, Token)).Revision);
    }

    /// <summary>Plans are listed newest first by their first change, not their last; those of one instant by id, last first; up to the limit.</summary>
    [Fact]
    public async Task List_OfSeveral_GivesTheNewestFirstUpToTheLimit()
    {
        await using var storage = await CreateAsync();
        foreach (var (planId, minute) in new[] { ("plan-b", 2), ("plan-a", 2), ("plan-c", 1), ("plan-d", 3) })
            await storage.Plans.TryAddAsync(Tenant, Plan(planId, Noon.AddMinutes(minute)), Token);
        await storage.Plans.TryUpdateAsync(Tenant, Approve(Plan("plan-c", Noon.AddMinutes(1))), 1, Token);

        Assert.Equal(["plan-d", "plan-b", "plan-a", "plan-c"], await ListAsync(storage, PlanFilter.All));
        Assert.Equal(["plan-d", "plan-b"], await ListAsync(storage, new() { Limit = 2 }));
    }

    /// <summary>Pages that follow one another hold every plan once, whatever is stored meanwhile; plans of one instant are told apart by id.</summary>
    [Fact]
    public async Task List_AfterAPlace_GivesThePlansThatFollow()
    {
        await using var storage = await CreateAsync();
        foreach (var (planId, minute) in new[] { ("plan-b", 2), ("plan-a", 2), ("plan-c", 0), ("plan-d", 1), ("plan-B", 2) })
            await storage.Plans.TryAddAsync(Tenant, Plan(planId, Noon.AddMinutes(minute)), Token);
        await storage.Plans.TryAddAsync(OtherTenant, Plan("plan-0"), Token);

        var first = await storage.Plans.ListAsync(Tenant, new() { Limit = 2 }, Token);
        await storage.Plans.TryAddAsync(Tenant, Plan("plan-new", Noon.AddMinutes(9)), Token);
        var second = await storage.Plans.ListAsync(Tenant, new() { After = PlaceOf(first[^1]), Limit = 2 }, Token);
        var third = await storage.Plans.ListAsync(Tenant, new() { After = PlaceOf(second[^1]), Limit = 2 }, Token);

        Assert.Equal(["plan-b", "plan-a"], first.Select(plan => plan.PlanId));
        Assert.Equal(["plan-B", "plan-d"], second.Select(plan => plan.PlanId));
        Assert.Equal(["plan-c"], third.Select(plan => plan.PlanId));
        Assert.Empty(await storage.Plans.ListAsync(Tenant, new() { After = PlaceOf(third[^1]) }, Token));
        Assert.Empty(await ListAsync(storage, new() { Status = PlanStatus.Approved, After = PlaceOf(first[^1]) }));

        static PlanCursor PlaceOf(StoredPlan plan) => new(plan.History[0].At, plan.PlanId);
    }

    /// <summary>Every condition of the filter holds.</summary>
    [Fact]
    public async Task List_WithAFilter_GivesOnlyWhatMatches()
    {
        await using var storage = await CreateAsync();
        await storage.Plans.TryAddAsync(Tenant, Plan("plan-a"), Token);
        await storage.Plans.TryAddAsync(Tenant, Plan("plan-b", threadId: "thread-2"), Token);
        await storage.Plans.TryAddAsync(Tenant, Plan("plan-c", threadId: "thread-2", status: PlanStatus.Executed) with { RunId = "run-2" }, Token);

        Assert.Equal(["plan-c"], await ListAsync(storage, new() { RunId = "run-2" }));
        Assert.Equal(["plan-b", "plan-a"], await ListAsync(storage, new() { Status = PlanStatus.Draft }));
        Assert.Equal(["plan-c", "plan-b"], await ListAsync(storage, new() { ThreadId = "thread-2" }));
        Assert.Equal(["plan-b"], await ListAsync(storage, new() { Status = PlanStatus.Draft, ThreadId = "thread-2" }));
    }

    /// <summary>A limit is from 1 to 1000.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task List_WithALimitOutOfRange_IsRefused(int limit)
    {
        await using var storage = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await storage.Plans.ListAsync(Tenant, new() { Limit = limit }, Token));
    }

    /// <summary>Another tenant sees and changes nothing and can use the same id; another version of the tenant is the same tenant.</summary>
    [Fact]
    public async Task Plans_OfOneTenant_AreInvisibleToAnother()
    {
        await using var storage = await CreateAsync();
        await storage.Plans.TryAddAsync(Tenant, Plan(PlanId), Token);

        Assert.Null(await storage.Plans.GetAsync(OtherTenant, PlanId, Token));
        Assert.Empty(await storage.Plans.ListAsync(OtherTenant, PlanFilter.All, Token));
        Assert.False(await storage.Plans.TryUpdateAsync(OtherTenant, Approve(Plan(PlanId)), 1, Token));
        Assert.True(await storage.Plans.TryAddAsync(OtherTenant, Plan(PlanId) with { SpecName = "other" }, Token));

        AssertSame(Plan(PlanId), await storage.Plans.GetAsync(Tenant with { Version = "2" }, PlanId, Token));
    }

    /// <summary>Generated operations give what a dictionary would.</summary>
    [Fact]
    public async Task Operations_InAnyOrder_AgreeWithTheModel()
    {
        await using var storage = await CreateAsync();

        await SeededOperations.RunAsync(sequence => new PlanStoreModel(storage.Plans, TenantsOf(sequence), Token).StepAsync);
    }

    private static StoredPlan Approve(StoredPlan plan) => plan with
    {
        Status = PlanStatus.Approved,
        Revision = plan.Revision + 1,
        History = [.. plan.History, new() { Status = PlanStatus.Approved, Version = 1, At = Noon.AddHours(1), By = "ann" }],
    };

    private async Task<IEnumerable<string>> ListAsync(IRuntimeStorage storage, PlanFilter filter) =>
        (await storage.Plans.ListAsync(Tenant, filter, Token)).Select(plan => plan.PlanId);
}
