namespace Sluice.Data.Tests.Reading;

public sealed class EnvironmentFileTests
{
    private const string InCamelCase = """
        {
          // Comments are allowed.
          "tenantId": "acme",
          "workspaceId": "sales",
          "targetDatabase": { "kind": "sqlite", "url": "sqlite:shop.db", "schema": "main" },
          "catalog": { "kind": "postgres", "url": "postgres://reader@db/catalog", "ensureSchema": false },
          "catalogSearch": { "indexPath": "index.db", "rebuildOnStart": true, "writeThrough": false },
          "kv": { "kind": "redis", "url": "redis://cache:6379/2", "prefix": "shop:", "ensureSchema": false }
        }
        """;

    private const string InSnakeCase = """
        tenant_id: acme
        workspace_id: sales
        target_database: { kind: sqlite, url: "sqlite:shop.db", schema: main }
        catalog:
          kind: postgres
          url: postgres://reader@db/catalog
          ensure_schema: false
        catalog_search:
          index_path: index.db
          rebuild_on_start: true
          write_through: false
        kv:
          kind: redis
          url: redis://cache:6379/2
          prefix: "shop:"
          ensure_schema: false
        """;

    private static readonly DataEnvironment Expected = new()
    {
        TenantId = "acme",
        WorkspaceId = "sales",
        TargetDatabase = new() { Kind = "sqlite", Url = "sqlite:shop.db", Schema = "main" },
        Catalog = new() { Kind = "postgres", Url = "postgres://reader@db/catalog", EnsureSchema = false },
        CatalogSearch = new() { IndexPath = "index.db", RebuildOnStart = true, WriteThrough = false },
        KeyValue = new() { Kind = "redis", Url = "redis://cache:6379/2", Prefix = "shop:", EnsureSchema = false },
    };

    [Fact]
    public void FromJson_EveryKey_IsRead() => DataEnvironment.FromJson(InCamelCase).ShouldBe(Expected);

    [Fact]
    public void FromYaml_SnakeCase_IsTheSame() => DataEnvironment.FromYaml(InSnakeCase).ShouldBe(Expected);

    [Fact]
    public void Load_ByTheFilesName_ReadsBothLanguages()
    {
        var folder = Directory.CreateTempSubdirectory("sluice-environment-");
        try
        {
            var (json, yaml) = (Path.Combine(folder.FullName, "data.json"), Path.Combine(folder.FullName, "data.yml"));
            File.WriteAllText(json, InCamelCase);
            File.WriteAllText(yaml, InSnakeCase);

            DataEnvironment.Load(json).ShouldBe(Expected);
            DataEnvironment.Load(yaml).ShouldBe(Expected);
            Refused(() => DataEnvironment.Load(Path.Combine(folder.FullName, "none.json"))).ShouldBe([("unreadable_file", "$")]);
            Refused(() => DataEnvironment.Load("data.toml")).ShouldBe([("unknown_file_kind", "$")]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void FromJson_FlatForm_IsTheTargetDatabase() =>
        DataEnvironment.FromJson("""{"target_database_url": "postgres://reader@db/shop", "targetDatabaseSchema": "sales"}""").TargetDatabase
            .ShouldBe(new() { Url = "postgres://reader@db/shop", Schema = "sales" });

    [Fact]
    public void FromYaml_InlineEntries_AreReadInEitherSpelling()
    {
        var environment = DataEnvironment.FromYaml("""
            catalog:
              kind: inline
              entries:
                - id: t1
                  item_type: table
                  name: orders
                  qualifiedName: main.orders
                  tags: [sales, "2024"]
                  related: [{ id: m1, relation: measured_by }]
                  metadata: { schema_name: main, tableName: orders, row_count: 12, extra: { own_key: 1 } }
            """);

        var entry = environment.Catalog!.Entries!.ShouldHaveSingleItem();
        (entry.Id, entry.ItemType, entry.QualifiedName).ShouldBe(("t1", CatalogItemType.Table, "main.orders"));
        entry.Tags.ShouldBe(["sales", "2024"]);
        entry.Related.ShouldBe([new("m1", "measured_by")]);
        (entry.Metadata.SchemaName, entry.Metadata.TableName, entry.Metadata.RowCount).ShouldBe(("main", "orders", 12L));
        entry.Metadata.Extra["own_key"].GetInt32().ShouldBe(1);
    }

    [Fact]
    public void FromJson_EverythingWrong_IsReportedTogether() => Refused(() => DataEnvironment.FromJson("""
        {
          "tenantID": "acme",
          "workspaceId": 5,
          "targetDatabase": { "kind": "sqllite", "url": "sqlite:shop.db" },
          "targetDatabaseUrl": "sqlite:other.db",
          "catalog": { "kind": "inline", "url": "sqlite:c.db", "entries": [{ "id": "a" }, { "id": "b", "itemType": "table", "name": "", "qualifiedName": "x", "contnt": "" }] },
          "catalogSearch": [],
          "kv": { "url": "redis://cache", "urlEnv": "KV_URL", "ensure_schema": true, "ensureSchema": true }
        }
        """)).ShouldBe(
        [
            ("unknown_property", "tenantID"), ("wrong_type", "workspaceId"), ("conflicting_settings", "targetDatabaseUrl"),
            ("invalid_value", "catalog.entries[0]"), ("unknown_property", "catalog.entries[1].contnt"), ("wrong_type", "catalogSearch"),
            ("duplicate_property", "kv.ensureSchema"), ("unknown_kind", "targetDatabase.kind"), ("conflicting_settings", "catalog.url"),
            ("conflicting_settings", "kv.urlEnv"), ("invalid_value", "catalog.entries[1].name"),
        ],
        ignoreOrder: true);

    [Theory]
    [InlineData("""{"targetDatabase": {}}""", "missing_property", "targetDatabase.url")]
    [InlineData("""{"targetDatabaseSchema": "main"}""", "missing_property", "targetDatabaseUrl")]
    [InlineData("""{"targetDatabaseUrl": "shop.db"}""", "invalid_url", "targetDatabase.url")]
    [InlineData("""{"targetDatabaseUrl": "sqlite:"}""", "invalid_url", "targetDatabase.url")]
    [InlineData("""{"targetDatabaseUrl": "postgres:///shop"}""", "invalid_url", "targetDatabase.url")]
    [InlineData("""{"targetDatabaseUrl": "postgres:host/shop"}""", "invalid_url", "targetDatabase.url")]
    [InlineData("""{"targetDatabaseUrl": "redis://cache"}""", "unknown_kind", "targetDatabase.url")]
    [InlineData("""{"targetDatabase": {"kind": "postgres", "url": "sqlite:shop.db"}}""", "conflicting_settings", "targetDatabase.url")]
    [InlineData("""{"catalog": {"kind": "redis", "url": "redis://cache"}}""", "unknown_kind", "catalog.kind")]
    [InlineData("""{"catalog": {"kind": "inline"}}""", "missing_property", "catalog.entries")]
    [InlineData("""{"catalog": {"kind": "empty", "entries": []}}""", "conflicting_settings", "catalog.entries")]
    [InlineData("""{"kv": {"kind": "memory", "url": "redis://cache"}}""", "conflicting_settings", "kv.url")]
    [InlineData("""{"kv": {"urlEnv": "SLUICE_TEST_NOT_SET"}}""", "missing_variable", "kv.urlEnv")]
    [InlineData("""{"workspaceId": " "}""", "invalid_value", "workspaceId")]
    [InlineData("[]", "wrong_type", "$")]
    [InlineData("""{"kv": """, "invalid_json", "$")]
    public void FromJson_OneProblem_IsNamedByCodeAndPlace(string json, string code, string path) =>
        Refused(() => DataEnvironment.FromJson(json)).ShouldBe([(code, path)]);

    [Theory]
    [InlineData("a: [1, 2", "not well formed")]
    [InlineData("tenantId: &a x\nworkspaceId: *a", "Anchors and aliases")]
    [InlineData("tenantId: !!int 5", "Tags are not allowed")]
    [InlineData("tenantId: a\ntenantId: b", "given twice")]
    [InlineData("tenantId: a\n---\ntenantId: b", "more than one document")]
    [InlineData("? [a]\n: b", "plain text")]
    public void FromYaml_WhatSettingsDoNotNeed_IsRefusedWithItsPlace(string yaml, string expected)
    {
        var error = Should.Throw<SpecValidationException>(() => DataEnvironment.FromYaml(yaml)).Errors.ShouldHaveSingleItem();
        error.Code.ShouldBe("invalid_yaml");
        error.Message.ShouldContain("line ");
        error.Message.ShouldContain(expected);
    }

    [Fact]
    public void FromYaml_NestedWithoutEnd_IsRefused() =>
        Should.Throw<SpecValidationException>(() => DataEnvironment.FromYaml($"kv: {new string('[', 200)}{new string(']', 200)}"))
            .Errors.ShouldHaveSingleItem().Message.ShouldContain("deeper than 64");

    [Fact]
    public void FromYaml_NoDocument_IsRefused() => Refused(() => DataEnvironment.FromYaml("")).ShouldBe([("wrong_type", "$")]);

    [Fact]
    public void UnknownKey_NearAKnownOne_IsToldWhichWasMeant() =>
        Should.Throw<SpecValidationException>(() => DataEnvironment.FromJson("""{"targetDatabse": {}, "kv": {"prefx": "a"}}"""))
            .Errors.Select(error => error.Message).ShouldBe(
                ["There is no key \"targetDatabse\" here; did you mean \"targetDatabase\"?", "There is no key \"prefx\" here; did you mean \"prefix\"?"]);

    private static (string Code, string Path)[] Refused(Action read)
    {
        var refusal = Should.Throw<SpecValidationException>(read);
        refusal.Code.ShouldBe("invalid_data_environment");
        refusal.Errors.ShouldAllBe(error => error.Message.Length > 20);
        return [.. refusal.Errors.Select(error => (error.Code, error.Path))];
    }
}
