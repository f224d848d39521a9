using Sluice.Data;
using Sluice.Tests.Snippets;

namespace Sluice.Tests.Docs;

public sealed class DataEnvironmentGuideTests
{
    [Fact]
    public async Task CodeOfThePage_OpensAnEnvironmentAndGivesTools()
    {
        var provider = new EmptyDatabases();

        (await DataEnvironmentGuide.OpenAsync([provider])).ShouldContain("execute_query");
        provider.Guard!.DeniedColumns.ShouldBe(["customers.email"]);
        provider.Disposals.ShouldBe(1);
    }

    [Fact]
    public async Task FileOfThePage_IsRead()
    {
        var folder = Directory.CreateTempSubdirectory("sluice-data-");
        try
        {
            var path = Path.Combine(folder.FullName, "data.yaml");
            await File.WriteAllTextAsync(path, "workspaceId: sales\ntargetDatabase: { url: 'sqlite:shop.db' }\n");
            (await DataEnvironmentGuide.LoadAsync(path, [new EmptyDatabases()])).ShouldBe("sales");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task ToolkitOfThePage_IsValid()
    {
        await using var data = await new DataEnvironment { TargetDatabase = new() { Url = "sqlite:shop.db" } }.OpenAsync([new EmptyDatabases()]);
        var spec = Define.Runtime(
            Define.Tenant("acme", "v1"), [Define.Specialist("solo", "m", "You look.", toolkits: ["catalog"])], toolkits: [DataEnvironmentGuide.OnlyQueries]);
        await using var runtime = SluiceRuntime.Create(spec, new() { DataEnvironment = data });

        runtime.ListTools("solo").Select(tool => tool.Name).ShouldBe(["execute_query", "get_relation_paths_between", "list_schema_fields"]);
    }

    /// <summary>Databases without tables, for pages that show no rows.</summary>
    private sealed class EmptyDatabases : IDataProvider, ITargetDatabase
    {
        string IDataProvider.Kind => "sqlite";

        string ITargetDatabase.Kind => "sqlite";

        public DataParts Parts => DataParts.TargetDatabase;

        public QueryGuard? Guard { get; private set; }

        public int Disposals { get; private set; }

        public Task<ITargetDatabase> OpenTargetDatabaseAsync(DataSource source, QueryGuard guard, CancellationToken cancellationToken)
        {
            Guard = guard;
            return Task.FromResult<ITargetDatabase>(this);
        }

        public Task<ICatalogStore> OpenCatalogAsync(DataSource source, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IKeyValueStore> OpenKeyValueAsync(DataSource source, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IQueryRows> OpenAsync(ReadOnlyQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<TableDescription>> ReadSchemaAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<TableDescription>>([]);

        public Task<IReadOnlyList<TargetDatabaseWarning>> CheckAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<TargetDatabaseWarning>>([]);

        public ValueTask DisposeAsync()
        {
            Disposals++;
            return default;
        }
    }
}
