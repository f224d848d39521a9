using Sluice.Data.Catalog;

namespace Sluice.Data.Tests.Catalog;

public sealed class EmptyCatalogStoreTests : IAsyncDisposable
{
    private static readonly DataScope Scope = new("acme");
    private readonly EmptyCatalogStore _catalog = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _catalog.DisposeAsync();

    [Fact]
    public async Task Reading_OfAnything_GivesNothing()
    {
        (await _catalog.GetAsync(Scope, ["a"], Token)).ShouldBeEmpty();
        (await _catalog.FindAsync(Scope, ["a"], Token)).ShouldBeEmpty();
        (await _catalog.ListAsync(Scope, new(), Token).ToListAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Reading_OfABlankScope_IsRefused()
    {
        await Should.ThrowAsync<ArgumentException>(async () => await _catalog.GetAsync(default, ["a"], Token));
        await Should.ThrowAsync<ArgumentException>(async () => await _catalog.ListAsync(default, new(), Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Write_ToIt_IsRefused()
    {
        _catalog.IsReadOnly.ShouldBeTrue();
        (await Should.ThrowAsync<SluiceException>(async () => await _catalog.UpsertAsync(Scope, [], Token))).Code.ShouldBe("catalog_read_only");
        (await Should.ThrowAsync<SluiceException>(async () => await _catalog.RemoveAsync(Scope, [], Token))).Code.ShouldBe("catalog_read_only");
    }
}
