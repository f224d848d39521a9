using System.Text.Json;
using Sluice.Storage;
using Xunit;
using static Sluice.Testing.StorageSamples;

namespace Sluice.Testing;

/// <summary>What every <see cref="IApprovalStore"/> must do.</summary>
public abstract class ApprovalStoreContract : StorageContract
{
    private const string Id = "apr-1";

    /// <summary>A request comes back as it was; one that is not known is null.</summary>
    [Fact]
    public async Task Add_OfANewRequest_IsReadBackWhole()
    {
        await using var storage = await CreateAsync();
        var request = Request(Id) with { ExpiresAt = Noon.AddMinutes(5), Decisions = [Decision("ann")] };

        Assert.True(await storage.Approvals.TryAddAsync(Tenant, request, Token));

        AssertSame(request, await storage.Approvals.GetAsync(Tenant, Id, Token));
        Assert.Null(await storage.Approvals.GetAsync(Tenant, "apr-2", Token));
    }

    /// <summary>An id is used once in a tenant.</summary>
    [Fact]
    public async Task Add_OfAKnownId_ReturnsFalseAndKeepsTheRequest()
    {
        await using var storage = await CreateAsync();
        await storage.Approvals.TryAddAsync(Tenant, Request(Id), Token);

        Assert.False(await storage.Approvals.TryAddAsync(Tenant, Request(Id) with { Target = "other" }, Token));

        AssertSame(Request(Id), await storage.Approvals.GetAsync(Tenant, Id, Token));
    }

    /// <summary>Of several callers who add the same id, exactly one succeeds.</summary>
    [Fact]
    public async Task Add_OfOneIdByMany_SucceedsForExactlyOne()
    {
        await using var storage = await CreateAsync();

        var won = await RaceAsync(async racer => await storage.Approvals.TryAddAsync(Tenant, Request(Id) with { Target = $"tool-{racer}" }, Token));

        var winner = Assert.Single(Enumerable.Range(0, Racers), racer => won[racer]);
        Assert.Equal($"tool-{winner}", (await storage.Approvals.GetAsync(Tenant, Id, Token))!.Target);
    }

    /// <summary>An update that saw the latest row replaces it whole.</summary>
    [Fact]
    public async Task Update_OfTheVersionThatIsStored_ReplacesTheRow()
    {
        await using var storage = await CreateAsync();
        await storage.Approvals.TryAddAsync(Tenant, Request(Id), Token);
        var decided = Decide(Request(Id), "ann");

        Assert.True(await storage.Approvals.TryUpdateAsync(Tenant, decided, 1, Token));

        AssertSame(decided, await storage.Approvals.GetAsync(Tenant, Id, Token));
    }

    /// <summary>An update that saw an older row, or one of a request that is not known, stores nothing.</summary>
    [Fact]
    public async Task Update_OfAnotherVersion_ReturnsFalseAndKeepsTheRow()
    {
        await using var storage = await CreateAsync();
        await storage.Approvals.TryAddAsync(Tenant, Request(Id), Token);
        var decided = Decide(Request(Id), "ann");
        await storage.Approvals.TryUpdateAsync(Tenant, decided, 1, Token);

        Assert.False(await storage.Approvals.TryUpdateAsync(Tenant, Decide(Request(Id), "bob"), 1, Token));
        Assert.False(await storage.Approvals.TryUpdateAsync(Tenant, Request(Id) with { Version = 4 }, 3, Token));
        Assert.False(await storage.Approvals.TryUpdateAsync(Tenant, Decide(Request("apr-2"), "bob"), 1, Token));

        AssertSame(decided, await storage.Approvals.GetAsync(Tenant, Id, Token));
        Assert.Null(await storage.Approvals.GetAsync(Tenant, "apr-2", Token));
    }

    /// <summary>A row whose version does not follow the expected one is the caller's bug.</summary>
    [Fact]
    public async Task Update_ToAVersionThatDoesNotFollow_IsRefused()
    {
        await using var storage = await CreateAsync();
        await storage.Approvals.TryAddAsync(Tenant, Request(Id), Token);

        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await storage.Approvals.TryUpdateAsync(Tenant, Request(Id) with { Version = 3 }, 1, Token));
    }

    /// <summary>Of several deciders who saw the same version exactly one succeeds.</summary>
    [Fact]
    public async Task Update_ByManyAtOnce_SucceedsForExactlyOne()
    {
        await using var storage = await CreateAsync();
        for (var round = 1; round <= Rounds; round++)
        {
            var request = Request($"apr-{round}");
            await storage.Approvals.TryAddAsync(Tenant, request, Token);

            var won = await RaceAsync(async racer => await storage.Approvals.TryUpdateAsync(Tenant, Decide(request, $"person-{racer}"), 1, Token));

            var winner = Assert.Single(Enumerable.Range(0, Racers), racer => won[racer]);
            Assert.Equal($"person-{winner}", (await storage.Approvals.GetAsync(Tenant, request.Id, Token))!.Decision!.DecidedBy);
        }
    }

    /// <summary>The store keeps copies: neither a disposed document nor a changed list changes a row.</summary>
    [Fact]
    public async Task Add_OfJsonWhoseDocumentIsDisposed_KeepsItsContent()
    {
        await using var storage = await CreateAsync();
        List<ApprovalDecision> decisions = [Decision("ann")];
        using (var document = JsonDocument.Parse("""{"amount":1}"""))
            await storage.Approvals.TryAddAsync(Tenant, Request(Id) with { Payload = document.RootElement, Decisions = decisions }, Token);
        decisions.Clear();

        var stored = await storage.Approvals.GetAsync(Tenant, Id, Token);

        Assert.Equal(1, stored!.Payload.GetProperty("amount").GetInt32());
        Assert.Single(stored.Decisions);
    }

    /// <summary>A token that is cancelled before stops every write.</summary>
    [Fact]
    public async Task Write_WithACancelledToken_StoresNothing()
    {
        await using var storage = await CreateAsync();
        await storage.Approvals.TryAddAsync(Tenant, Request(Id), Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await storage.Approvals.TryAddAsync(Tenant, Request("apr-2"), Cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await storage.Approvals.TryUpdateAsync(Tenant, Decide(Request(Id), "ann"), 1, Cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await storage.Approvals.AddGrantAsync(Tenant, Grant("grant-1"), Cancelled));

        Assert.Equal(1, Assert.Single(await storage.Approvals.ListAsync(Tenant, ApprovalFilter.All, Token)).Version);
        Assert.Empty(await storage.Approvals.ListGrantsAsync(Tenant, "post", Token));
    }

    /// <summary>Requests are listed oldest first; those of one instant by id; up to the limit.</summary>
    [Fact]
    public async Task List_OfSeveral_GivesTheOldestFirstUpToTheLimit()
    {
        await using var storage = await CreateAsync();
        foreach (var (id, minute) in new[] { ("apr-b", 2), ("apr-a", 2), ("apr-c", 1), ("apr-d", 3) })
            await storage.Approvals.TryAddAsync(Tenant, Request(id, Noon.AddMinutes(minute)), Token);

        Assert.Equal(["apr-c", "apr-a", "apr-b", "apr-d"], await ListAsync(storage, ApprovalFilter.All));
        Assert.Equal(["apr-c", "apr-a"], await ListAsync(storage, new() { Limit = 2 }));
    }

    /// <summary>Where the newest are asked for, they come first; those of one instant by id, last first.</summary>
    [Fact]
    public async Task List_WithTheNewestFirst_IsTheOppositeOrder()
    {
        await using var storage = await CreateAsync();
        foreach (var (id, minute) in new[] { ("apr-b", 2), ("apr-a", 2), ("apr-c", 1), ("apr-d", 3) })
            await storage.Approvals.TryAddAsync(Tenant, Request(id, Noon.AddMinutes(minute)), Token);

        Assert.Equal(["apr-d", "apr-b", "apr-a", "apr-c"], await ListAsync(storage, new() { IsNewestFirst = true }));
        Assert.Equal(["apr-d"], await ListAsync(storage, new() { IsNewestFirst = true, Limit = 1 }));
    }

    /// <summary>Pages that follow one another hold every request once, in either order, whatever is asked meanwhile; requests of one instant are told apart by id.</summary>
    [Fact]
    public async Task List_AfterAPlace_GivesTheRequestsThatFollow()
    {
        await using var storage = await CreateAsync();
        foreach (var (id, minute) in new[] { ("apr-b", 2), ("apr-a", 2), ("apr-c", 0), ("apr-d", 1), ("apr-B", 2) })
            await storage.Approvals.TryAddAsync(Tenant, Request(id, Noon.AddMinutes(minute)), Token);
        await storage.Approvals.TryAddAsync(OtherTenant, Request("apr-0"), Token);

        var newest = new ApprovalFilter { IsNewestFirst = true, Limit = 2 };
        var first = await storage.Approvals.ListAsync(Tenant, newest, Token);
        await storage.Approvals.TryAddAsync(Tenant, Request("apr-new", Noon.AddMinutes(9)), Token);
        var second = await storage.Approvals.ListAsync(Tenant, newest with { After = PlaceOf(first[^1]) }, Token);
        var third = await storage.Approvals.ListAsync(Tenant, newest with { After = PlaceOf(second[^1]) }, Token);

        Assert.Equal(["apr-b", "apr-a"], first.Select(request => request.Id));
        Assert.Equal(["apr-B", "apr-d"], second.Select(request => request.Id));
        Assert.Equal(["apr-c"], third.Select(request => request.Id));
        Assert.Empty(await storage.Approvals.ListAsync(Tenant, newest with { After = PlaceOf(third[^1]) }, Token));
        Assert.Equal(["apr-a", "apr-b", "apr-new"], await ListAsync(storage, ApprovalFilter.Pending with { After = PlaceOf(second[0]) }));

        static ApprovalCursor PlaceOf(ApprovalRequest request) => new(request.CreatedAt, request.Id);
    }

    /// <summary>Every condition of the filter holds; what never expires does not expire by any time.</summary>
    [Fact]
    public async Task List_WithAFilter_GivesOnlyWhatMatches()
    {
        await using var storage = await CreateAsync();
        await storage.Approvals.TryAddAsync(Tenant, Request("apr-a"), Token);
        await storage.Approvals.TryAddAsync(Tenant, Request("apr-b", runId: "run-2") with { ExpiresAt = Noon.AddMinutes(1) }, Token);
        await storage.Approvals.TryAddAsync(Tenant, Request("apr-c", threadId: "thread-2") with { ExpiresAt = Noon.AddMinutes(2) }, Token);
        await storage.Approvals.TryUpdateAsync(Tenant, Decide(Request("apr-a"), "ann"), 1, Token);

        Assert.Equal(["apr-b", "apr-c"], await ListAsync(storage, ApprovalFilter.Pending));
        Assert.Equal(["apr-b"], await ListAsync(storage, new() { RunId = "run-2" }));
        Assert.Equal(["apr-c"], await ListAsync(storage, new() { ThreadId = "thread-2" }));
        Assert.Equal(["apr-b"], await ListAsync(storage, new() { ExpiresBy = Noon.AddMinutes(1) }));
        Assert.Equal(["apr-b", "apr-c"], await ListAsync(storage, new() { ExpiresBy = Noon.AddYears(9) }));
        Assert.Empty(await ListAsync(storage, new() { Status = ApprovalStatus.Decided, ThreadId = "thread-2" }));
        Assert.Equal(["apr-a"], await ListAsync(storage, new() { IsClosed = true }));
        Assert.Empty(await ListAsync(storage, ApprovalFilter.Pending with { IsClosed = true }));
    }

    /// <summary>What was closed is found until its run has taken it up; what is pending is not.</summary>
    [Fact]
    public async Task List_OfWhatIsUnapplied_GivesClosedRequestsUntilTheyAreTakenUp()
    {
        await using var storage = await CreateAsync();
        foreach (var id in new[] { "apr-a", "apr-b", "apr-c" }) await storage.Approvals.TryAddAsync(Tenant, Request(id), Token);
        var decided = Decide(Request("apr-a"), "ann");
        await storage.Approvals.TryUpdateAsync(Tenant, decided, 1, Token);
        await storage.Approvals.TryUpdateAsync(Tenant, Request("apr-b") with { Status = ApprovalStatus.Expired, Version = 2 }, 1, Token);

        Assert.Equal(["apr-a", "apr-b"], await ListAsync(storage, ApprovalFilter.Unapplied));

        await storage.Approvals.TryUpdateAsync(Tenant, decided with { IsApplied = true, Version = 3 }, 2, Token);
        Assert.Equal(["apr-b"], await ListAsync(storage, ApprovalFilter.Unapplied));
    }

    /// <summary>Closing a request wakes everybody who waits for that.</summary>
    [Fact]
    public async Task Wait_ForAClosedRequest_IsWokenByIt()
    {
        await using var storage = await CreateAsync();
        await storage.Approvals.TryAddAsync(Tenant, Request("apr-a"), Token);
        var waiters = Enumerable.Range(0, Racers).Select(_ => WaitUntilClosedAsync(storage)).ToArray();

        await storage.Approvals.TryUpdateAsync(Tenant, Decide(Request("apr-a"), "ann"), 1, Token);

        await Task.WhenAll(waiters).WaitAsync(Patience, Token);
    }

    /// <summary>Cancelling ends a wait.</summary>
    [Fact]
    public async Task Wait_ThatIsCancelled_EndsWithCancellation()
    {
        await using var storage = await CreateAsync();
        using var cancellation = new CancellationTokenSource();
        var waiting = storage.Approvals.WaitAsync(Tenant, cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience, Token));
    }

    /// <summary>With runs go their requests and the grants of those runs; what a grant beyond the run rests on stays.</summary>
    [Fact]
    public async Task RemoveRuns_OfARun_RemovesItsRequestsAndGrants()
    {
        await using var storage = await CreateAsync();
        var lasting = Decide(Request("apr-b"), "ann");
        lasting = lasting with { Decisions = [lasting.Decisions[0] with { Grant = ApprovalGrantScope.Arguments }] };
        await storage.Approvals.TryAddAsync(Tenant, Request("apr-a"), Token);
        await storage.Approvals.TryAddAsync(Tenant, lasting, Token);
        await storage.Approvals.TryAddAsync(Tenant, Request("apr-c", runId: "run-2"), Token);
        await storage.Approvals.TryAddAsync(OtherTenant, Request("apr-a"), Token);
        await storage.Approvals.AddGrantAsync(Tenant, Grant("grant-a"), Token);
        await storage.Approvals.AddGrantAsync(Tenant, Grant("grant-b") with { Scope = ApprovalGrantScope.Arguments, Digest = "d1" }, Token);
        await storage.Approvals.AddGrantAsync(Tenant, Grant("grant-c", runId: "run-2"), Token);

        Assert.Equal(1, await storage.Approvals.RemoveRunsAsync(Tenant, ["run-1", "run-x"], Token));

        Assert.Equal(["apr-b", "apr-c"], await ListAsync(storage, ApprovalFilter.All));
        Assert.Equal(
            ["grant-b", "grant-c"],
            (await storage.Approvals.ListGrantsAsync(Tenant, "post", Token)).Select(grant => grant.Id).Order(StringComparer.Ordinal));
        Assert.Single(await storage.Approvals.ListAsync(OtherTenant, ApprovalFilter.All, Token));
    }

    /// <summary>A limit is from 1 to 1000.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task List_WithALimitOutOfRange_IsRefused(int limit)
    {
        await using var storage = await CreateAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await storage.Approvals.ListAsync(Tenant, new() { Limit = limit }, Token));
    }

    /// <summary>Grants are found by tool and come back whole.</summary>
    [Fact]
    public async Task Grants_OfATool_AreReadBackWhole()
    {
        await using var storage = await CreateAsync();
        var exact = Grant("grant-2") with { Scope = ApprovalGrantScope.Arguments, Digest = "d1", GrantedBy = null };
        await storage.Approvals.AddGrantAsync(Tenant, Grant("grant-1"), Token);
        await storage.Approvals.AddGrantAsync(Tenant, exact, Token);
        await storage.Approvals.AddGrantAsync(Tenant, Grant("grant-3", "pay"), Token);

        var grants = await storage.Approvals.ListGrantsAsync(Tenant, "post", Token);

        Assert.Equal([Grant("grant-1"), exact], grants.OrderBy(grant => grant.Id, StringComparer.Ordinal));
        Assert.Empty(await storage.Approvals.ListGrantsAsync(Tenant, "none", Token));
    }

    /// <summary>A grant that is added again stays as it was, under its first tool too.</summary>
    [Fact]
    public async Task AddGrant_WithAKnownId_KeepsTheFirst()
    {
        await using var storage = await CreateAsync();
        await storage.Approvals.AddGrantAsync(Tenant, Grant("grant-1"), Token);

        await RaceAsync(async racer =>
        {
            await storage.Approvals.AddGrantAsync(Tenant, Grant("grant-1", runId: $"run-{racer + 2}"), Token);
            await storage.Approvals.AddGrantAsync(Tenant, Grant("grant-1", "pay"), Token);
            return racer;
        });

        Assert.Equal(Grant("grant-1"), Assert.Single(await storage.Approvals.ListGrantsAsync(Tenant, "post", Token)));
        Assert.Empty(await storage.Approvals.ListGrantsAsync(Tenant, "pay", Token));
    }

    /// <summary>The signing key is 32 random bytes, made once per tenant, also when many ask for it first.</summary>
    [Fact]
    public async Task SigningKey_AskedForByMany_IsOnePerTenant()
    {
        await using var storage = await CreateAsync();

        var keys = await RaceAsync(async _ => Convert.ToHexString((await storage.Approvals.GetSigningKeyAsync(Tenant, Token)).Span));
        var other = await storage.Approvals.GetSigningKeyAsync(OtherTenant, Token);

        var key = Assert.Single(keys.Distinct());
        Assert.Equal(64, key.Length);
        Assert.NotEqual(key, Convert.ToHexString(other.Span));
        Assert.True(other.Span.ContainsAnyExcept((byte)0));
    }

    /// <summary>Another tenant sees and changes nothing and can use the same ids; another version of the tenant is the same tenant.</summary>
    [Fact]
    public async Task Approvals_OfOneTenant_AreInvisibleToAnother()
    {
        await using var storage = await CreateAsync();
        await storage.Approvals.TryAddAsync(Tenant, Request(Id), Token);
        await storage.Approvals.AddGrantAsync(Tenant, Grant("grant-1"), Token);

        Assert.Null(await storage.Approvals.GetAsync(OtherTenant, Id, Token));
        Assert.Empty(await storage.Approvals.ListAsync(OtherTenant, ApprovalFilter.All, Token));
        Assert.False(await storage.Approvals.TryUpdateAsync(OtherTenant, Decide(Request(Id), "eve"), 1, Token));
        Assert.True(await storage.Approvals.TryAddAsync(OtherTenant, Request(Id) with { Target = "other" }, Token));
        Assert.Empty(await storage.Approvals.ListGrantsAsync(OtherTenant, "post", Token));
        await storage.Approvals.AddGrantAsync(OtherTenant, Grant("grant-1"), Token);

        Assert.Single(await storage.Approvals.ListGrantsAsync(OtherTenant, "post", Token));
        AssertSame(Request(Id), await storage.Approvals.GetAsync(Tenant with { Version = "2" }, Id, Token));
    }

    /// <summary>Generated operations give what a dictionary would.</summary>
    [Fact]
    public async Task Operations_InAnyOrder_AgreeWithTheModel()
    {
        await using var storage = await CreateAsync();

        await SeededOperations.RunAsync(sequence => new ApprovalStoreModel(storage.Approvals, TenantsOf(sequence), Token).StepAsync);
    }

    private static ApprovalRequest Decide(ApprovalRequest request, string by) =>
        request with { Status = ApprovalStatus.Decided, Version = request.Version + 1, Decisions = [Decision(by)] };

    /// <summary>A wait may end early, so a waiter looks and waits again.</summary>
    private async Task WaitUntilClosedAsync(IRuntimeStorage storage)
    {
        while (true)
        {
            var closed = storage.Approvals.WaitAsync(Tenant, Token);
            if ((await ListAsync(storage, ApprovalFilter.Unapplied)).Any()) return;
            await closed;
        }
    }

    private async Task<IEnumerable<string>> ListAsync(IRuntimeStorage storage, ApprovalFilter filter) =>
        (await storage.Approvals.ListAsync(Tenant, filter, Token)).Select(request => request.Id);
}
