using System.Text.Json;

namespace Sluice.Data.Tests.Toolkit;

public sealed class CatalogToolkitTests
{
    private static readonly string[] Built =
        ["execute_query", "get_catalog_entities", "get_catalog_relations", "get_document", "get_relation_paths_between", "list_schema_fields", "sample_table_data", "search_catalog"];

    [Fact]
    public async Task Agent_WithTheToolkit_HasItsToolsBesideOthers()
    {
        await using var desk = await CatalogDesk.OpenAsync();

        var tools = desk.Runtime.ListTools("analyst");

        tools.Select(tool => tool.Name).ShouldBe([.. Built, "glimpse_ref", "resolve_ref"], ignoreOrder: true);
        tools.ShouldAllBe(tool => tool.Effect == ToolEffect.ReadOnly && tool.Description.Length > 40);
    }

    [Fact]
    public async Task Config_WithTools_KeepsOnlyThose()
    {
        await using var desk = await CatalogDesk.OpenAsync(toolkit: new() { Id = "catalog", Tools = ["execute_query", "list_schema_fields"] });

        desk.Runtime.ListTools("analyst").Select(tool => tool.Name).ShouldBe(["execute_query", "glimpse_ref", "list_schema_fields", "resolve_ref"]);
    }

    [Fact]
    public async Task Config_WithLimits_IsToldToModelsAndHeld()
    {
        var database = Shop.Database();
        database.Answer = _ => ([new("n", null)], [.. Enumerable.Range(0, 50).Select(n => new object?[] { (long)n })]);
        var config = JsonElement.Parse("""{"maxRows": 7, "maxSampleRows": 3, "queryTimeoutMs": 1500}""");
        await using var desk = await CatalogDesk.OpenAsync(database, toolkit: new() { Id = "catalog", Config = config });

        (await desk.CallAsync("execute_query", new { sql = "SELECT n FROM t", maxRows = 20 })).GetProperty("rowCount").GetInt32().ShouldBe(7);
        await desk.CallAsync("sample_table_data", new { table = new { qualifiedName = "orders" }, limit = 40 });

        database.Queries.Select(query => (query.MaxRows, query.Timeout)).ShouldBe([(7, TimeSpan.FromSeconds(1.5)), (3, TimeSpan.FromSeconds(1.5))]);
        desk.Runtime.ListTools("analyst").Single(tool => tool.Name == "execute_query").Description.ShouldContain("At most 7 rows");
    }

    [Fact]
    public async Task Create_WithSettingsThatCannotBe_ReportsThemTogether() => (await RefusalAsync(
        new() { TargetDatabase = new() { Url = "sqlite:shop.db" } },
        new() { Id = "catalog", Tools = ["search_catalog", "execute_query"], Config = JsonElement.Parse("""{"maxRow": 5, "maxSampleRows": 51, "maxInlineBytes": "big"}""") }))
        .ShouldBe(
            [
                ("invalid_config", "toolkits[catalog].config.maxRow"), ("invalid_config", "toolkits[catalog].config.maxSampleRows"),
                ("invalid_config", "toolkits[catalog].config.maxInlineBytes"), ("toolkit_unavailable", "toolkits[catalog].tools"),
            ],
            ignoreOrder: true);

    [Fact]
    public async Task Create_WithoutATargetDatabase_IsOneClearError() =>
        (await RefusalAsync(new(), null)).ShouldBe([("toolkit_unavailable", "toolkits[catalog]")]);

    [Fact]
    public async Task Create_WithoutATargetDatabaseButOnlyOtherTools_IsFine()
    {
        await using var data = await new DataEnvironment().OpenAsync([]);
        await using var runtime = SluiceRuntime.Create(
            CatalogDesk.Spec(new() { Id = "catalog", Tools = ["get_document", "get_catalog_entities"] }), new() { DataEnvironment = data });

        runtime.ListTools("analyst").Select(tool => tool.Name).ShouldBe(["get_catalog_entities", "get_document", "glimpse_ref", "resolve_ref"]);
    }

    [Fact]
    public async Task Create_ForAnotherTenant_IsRefused() =>
        (await RefusalAsync(new() { TenantId = "globex", TargetDatabase = new() { Url = "sqlite:shop.db" } }, null)).ShouldBe([("tenant_mismatch", "dataEnvironment.tenantId")]);

    [Fact]
    public void Create_WithoutAnEnvironment_IsRefusedAndSaysWhatToDo()
    {
        var error = Should.Throw<SpecValidationException>(() => SluiceRuntime.Create(CatalogDesk.Spec())).Errors.ShouldHaveSingleItem();

        (error.Code, error.Path).ShouldBe(("toolkit_unavailable", "agents[analyst].toolkits"));
        error.Message.ShouldContain("RuntimeOptions.DataEnvironment");
    }

    [Fact]
    public async Task Approval_OnACatalogTool_GatesIt()
    {
        await using var data = await new DataEnvironment { TargetDatabase = new() { Url = "sqlite:shop.db" } }.OpenAsync([new ScriptedDataProvider("sqlite")]);
        var spec = Define.Runtime(
            Define.Tenant("acme", "v1"),
            [Define.Specialist("analyst", "model", "You look.", toolkits: ["catalog"], toolApprovals: new() { ["execute_query"] = Approval.Always })]);
        await using var runtime = SluiceRuntime.Create(spec, new() { DataEnvironment = data });

        runtime.ExplainApproval("analyst", "execute_query").Policy.Mode.ShouldBe(ApprovalMode.Always);
        runtime.ExplainApproval("analyst", "sample_table_data").Policy.Mode.ShouldBe(ApprovalMode.Never);
    }

    private static async Task<(string Code, string Path)[]> RefusalAsync(DataEnvironment environment, ToolkitSpec? toolkit)
    {
        await using var data = await environment.OpenAsync([new ScriptedDataProvider("sqlite")]);
        var refusal = Should.Throw<SpecValidationException>(() => SluiceRuntime.Create(CatalogDesk.Spec(toolkit), new() { DataEnvironment = data }));
        refusal.Code.ShouldBe("invalid_options");
        return [.. refusal.Errors.Select(error => (error.Code, error.Path))];
    }
}
