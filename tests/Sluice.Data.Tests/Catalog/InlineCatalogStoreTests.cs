using System.Text.Json;
using Sluice.Data.Catalog;
using Sluice.Testing;

namespace Sluice.Data.Tests.Catalog;

public sealed class InlineCatalogStoreTests : CatalogReadingContract
{
    private static readonly CatalogEntry Orders =
        new() { Id = "orders", ItemType = CatalogItemType.Table, Name = "orders", QualifiedName = "public.orders" };

    protected override ValueTask<ICatalogStore> OpenWithAsync(DataScope scope, IReadOnlyList<CatalogEntry> entries) => new(new InlineCatalogStore(scope, entries));

    [Fact]
    public async Task Write_ToIt_IsRefused()
    {
        await using var catalog = new InlineCatalogStore(Scope, [Orders]);

        catalog.IsReadOnly.ShouldBeTrue();
        (await Should.ThrowAsync<SluiceException>(async () => await catalog.UpsertAsync(Scope, [Orders], Token))).Code.ShouldBe("catalog_read_only");
        (await Should.ThrowAsync<SluiceException>(async () => await catalog.RemoveAsync(Scope, ["orders"], Token))).Code.ShouldBe("catalog_read_only");
        (await catalog.GetAsync(Scope, ["orders"], Token)).ShouldHaveSingleItem();
    }

    [Fact]
    public void Create_WithEntriesThatCannotBe_ListsAllProblems()
    {
        var exception = Should.Throw<ArgumentException>(() => new InlineCatalogStore(Scope, [Orders, Orders with { Name = "" }, Orders with { Id = " " }]));

        exception.Message.ShouldContain("Entry 1 ('orders'): the id is there twice. Entry 1 ('orders'): the name is blank. Entry 2 (' '): the id is blank.");
        Should.Throw<ArgumentException>(() => new InlineCatalogStore(default, []));
    }

    [Fact]
    public async Task Create_WithWhatIsChangedLater_KeepsItsContent()
    {
        List<string> tags = ["sales"];
        InlineCatalogStore catalog;
        using (var document = JsonDocument.Parse("""{"rows":2}"""))
            catalog = new(Scope, [Orders with { Tags = tags, Metadata = new() { Profile = document.RootElement } }]);
        tags.Clear();

        var entry = (await catalog.GetAsync(Scope, ["orders"], Token)).ShouldHaveSingleItem();

        entry.Tags.ShouldBe(["sales"]);
        entry.Metadata.Profile!.Value.GetProperty("rows").GetInt32().ShouldBe(2);
    }
}
