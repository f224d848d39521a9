using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Schema;

namespace Sluice.Sqlite.Tests.Connections;

public sealed class StoreTests : IAsyncDisposable
{
    private readonly TemporaryStore _file = new();
    private readonly Store _store;

    public StoreTests()
    {
        var file = new StoreFile(_file.Path, new(), Migrator.Default);
        using (var connection = file.Prepare(mayCreate: true)) Migrator.Default.CreateOrRequireCurrent(connection);
        _store = new(file);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _file.Dispose();
    }

    [Fact]
    public async Task Tenant_WhoseFirstWriteIsRolledBack_GetsAnIdByTheNextOne()
    {
        using var release = new ManualResetEventSlim();
        var first = _store.AddAsync(TenantOf("a"), (_, _) => release.Wait(TemporaryStore.Patience), Token);
        var failing = _store.AddAsync<int>(TenantOf("b"), (_, _) => throw new InvalidOperationException("No."), Token);
        var good = _store.AddAsync(TenantOf("b"), AddOwner, Token);
        release.Set();

        (await first).ShouldBeTrue();
        await Should.ThrowAsync<InvalidOperationException>(async () => await failing);
        (await good).ShouldBe(1);
        (await CountOwnersAsync("b")).ShouldBe(1);
        (await CountOwnersAsync("a")).ShouldBe(0);
        (await CountOwnersAsync("c")).ShouldBe(-1);
    }

    /// <summary>Query-only is how a connection fails here that must not write; the one after it may.</summary>
    [Fact]
    public async Task Write_OnAConnectionThatCannotWrite_FailsClearlyAndTheNextOneIsAnother()
    {
        await _store.AddAsync(TenantOf("a"), AddOwner, Token);
        await SpoilWriterAsync();

        (await CountOwnersAsync("a")).ShouldBe(1);
        (await _store.AddAsync(TenantOf("b"), AddOwner, Token)).ShouldBe(1);
    }

    [Fact]
    public async Task Write_WhileTheFileIsGone_FailsClearlyUntilItIsBack()
    {
        await _store.AddAsync(TenantOf("a"), AddOwner, Token);
        await SpoilWriterAsync();
        File.Move(_file.Path, _file.Path + ".away");

        for (var attempt = 0; attempt < 3; attempt++)
        {
            var refused = await Should.ThrowAsync<SluiceException>(async () => await _store.AddAsync(TenantOf("b"), AddOwner, Token));
            refused.Code.ShouldBe(ErrorCodes.StoreUnavailable);
        }

        File.Move(_file.Path + ".away", _file.Path);
        (await _store.AddAsync(TenantOf("b"), AddOwner, Token)).ShouldBe(1);
        (await CountOwnersAsync("a")).ShouldBe(1);
    }

    [Theory]
    [InlineData(SqliteSynchronous.Normal, 1)]
    [InlineData(SqliteSynchronous.Full, 2)]
    public void Connections_OfAStore_WaitForTheDiskAsTheOptionsSay(SqliteSynchronous synchronous, int expected)
    {
        using var connection = new StoreFile(_file.Path, new() { Synchronous = synchronous }, Migrator.Default).Open();

        connection.Number("PRAGMA synchronous").ShouldBe(expected);
    }

    private static TenantSpec TenantOf(string resourceId) => new() { ResourceId = resourceId, Version = "1" };

    private static int AddOwner(Connection connection, long tenant) =>
        connection.Prepare("INSERT INTO owners (tenant, owner, expires_at) VALUES (?, 'owner-1', 0)").Bind(tenant).Execute();

    private async Task SpoilWriterAsync()
    {
        await _store.AddAsync(TenantOf("a"), (connection, _) => connection.Number("PRAGMA query_only = ON"), Token);
        var refused = await Should.ThrowAsync<SluiceException>(async () => await _store.ChangeAsync(TenantOf("a"), 0, AddOwner, Token));
        (refused.Code, refused.Message.Contains(_file.Path)).ShouldBe((ErrorCodes.StoreUnavailable, true));
    }

    private ValueTask<long> CountOwnersAsync(string resourceId) => _store.ReadAsync(
        TenantOf(resourceId), -1L, (connection, tenant) => connection.Number($"SELECT count(*) FROM owners WHERE tenant = {tenant}"), Token);
}
