using Sluice.Data.Catalog;
using Sluice.Data.KeyValue;

namespace Sluice.Data.Tests.Opening;

public sealed class OpenEnvironmentTests
{
    private static readonly CatalogEntry Entry = new() { Id = "t", ItemType = CatalogItemType.Table, Name = "t", QualifiedName = "main.t" };

    [Fact]
    public async Task Open_EveryPart_GoesThroughTheProviderOfItsKind()
    {
        var (sqlite, redis) = (new ScriptedDataProvider("sqlite"), new ScriptedDataProvider("redis", DataParts.KeyValue));
        var guard = new QueryGuard { DeniedColumns = ["customers.email"] };
        await using var data = await new DataEnvironment
        {
            TargetDatabase = new() { Url = "sqlite:shop.db", Schema = "main" },
            Catalog = new() { Kind = "sqlite", Url = "sqlite:catalog.db", EnsureSchema = false },
            KeyValue = new() { Url = "redis://cache", Prefix = "p:" },
        }.OpenAsync([sqlite, redis], new() { Guard = guard });

        data.TargetDatabase.ShouldBeSameAs(sqlite.TargetDatabase);
        sqlite.Guard.ShouldBe(guard);
        sqlite.Sources.ShouldBe([new() { Url = "sqlite:shop.db", Schema = "main" }, new() { Url = "sqlite:catalog.db", EnsureSchema = false }]);
        redis.Sources.ShouldBe([new() { Url = "redis://cache", Prefix = "p:" }]);
    }

    [Fact]
    public async Task Open_NothingDescribed_HasAnEmptyCatalogAndMemory()
    {
        await using var data = await new DataEnvironment().OpenAsync([]);

        data.TargetDatabase.ShouldBeNull();
        data.Catalog.ShouldBeOfType<EmptyCatalogStore>();
        data.KeyValue.ShouldBeOfType<MemoryKeyValueStore>();
        (data.Id, data.TenantId, data.WorkspaceId).ShouldBe(("catalog", null, "default"));
    }

    [Fact]
    public async Task Open_InlineEntries_AreThoseOfTenantAndWorkspace()
    {
        var environment = new DataEnvironment { WorkspaceId = "sales", Catalog = new() { Entries = [Entry] } };
        await using var data = await environment.OpenAsync([], new() { Tenant = Define.Tenant("acme", "v1") });

        (await data.Catalog.GetAsync(new("acme", "sales"), ["t"], default)).ShouldHaveSingleItem();
        (await data.Catalog.GetAsync(new("acme"), ["t"], default)).ShouldBeEmpty();
        (await data.Catalog.GetAsync(new("other", "sales"), ["t"], default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_KindOfTheHostsOwn_IsOpened()
    {
        var own = new ScriptedDataProvider("warehouse", DataParts.TargetDatabase);
        await using var data = await new DataEnvironment { TargetDatabase = new() { Url = "warehouse://host/db" } }.OpenAsync([own]);

        data.TargetDatabase.ShouldBeSameAs(own.TargetDatabase);
    }

    [Fact]
    public async Task Open_EverythingWrong_IsReportedTogetherAndOpensNothing()
    {
        var sqlite = new ScriptedDataProvider("sqlite", DataParts.Catalog);
        var environment = new DataEnvironment
        {
            TenantId = "acme",
            WorkspaceId = "",
            TargetDatabase = new() { Url = "sqlite:shop.db" },
            Catalog = new() { Url = "sqlite:a.db", UrlEnv = "B" },
            KeyValue = new() { Kind = "reddis", Url = "redis://:hunter2@cache" },
        };

        var refusal = await Should.ThrowAsync<SpecValidationException>(() => environment.OpenAsync([sqlite], new() { Tenant = Define.Tenant("globex", "v1") }));

        refusal.Code.ShouldBe("invalid_data_environment");
        refusal.Errors.Select(error => (error.Code, error.Path)).ShouldBe(
            [
                ("invalid_value", "workspaceId"), ("conflicting_settings", "catalog.urlEnv"), ("unknown_kind", "kv.kind"), ("tenant_mismatch", "tenantId"),
                ("no_data_provider", "targetDatabase.kind"),
            ],
            ignoreOrder: true);
        refusal.Message.ShouldContain("did you mean \"redis\"?");
        sqlite.Sources.ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_InlineWithoutATenant_IsRefused() =>
        (await Should.ThrowAsync<SpecValidationException>(() => new DataEnvironment { Catalog = new() { Entries = [Entry] } }.OpenAsync([])))
            .Errors.ShouldHaveSingleItem().Path.ShouldBe("tenantId");

    [Fact]
    public async Task Open_APartThatFails_DisposesThoseBefore()
    {
        var database = new ScriptedTargetDatabase();
        var provider = new ScriptedDataProvider("sqlite")
        {
            TargetDatabase = database,
            Catalog = _ => throw new SluiceException("store_schema", "The catalog is of a newer build."),
        };
        var environment = new DataEnvironment { TargetDatabase = new() { Url = "sqlite:shop.db" }, Catalog = new() { Url = "sqlite:catalog.db" } };

        (await Should.ThrowAsync<SluiceException>(() => environment.OpenAsync([provider]))).Code.ShouldBe("store_schema");
        database.Disposals.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_AProviderThatQuotesTheAddress_DoesNotShowThePassword(bool isOurs)
    {
        const string url = "postgres://ann:hunter%202@db/shop";
        var provider = new ScriptedDataProvider("postgres")
        {
            KeyValue = source => throw (isOurs
                ? new SluiceException("store_unavailable", $"Cannot reach {source.Url}.", new InvalidOperationException("wrong password: hunter 2"))
                : new InvalidOperationException("wrong password: hunter 2")),
        };

        var failure = await Should.ThrowAsync<SluiceException>(() => new DataEnvironment { KeyValue = new() { Url = url } }.OpenAsync([provider]));

        failure.Code.ShouldBe("store_unavailable");
        failure.ToString().ShouldNotContain("hunter");
    }

    [Fact]
    public async Task Dispose_OfAnOpenEnvironment_DisposesItsPartsOnce()
    {
        var database = new ScriptedTargetDatabase();
        var data = await new DataEnvironment { TargetDatabase = new() { Url = "sqlite:shop.db" } }.OpenAsync([new ScriptedDataProvider("sqlite") { TargetDatabase = database }]);

        await data.DisposeAsync();
        await data.DisposeAsync();

        database.Disposals.ShouldBe(1);
    }
}
