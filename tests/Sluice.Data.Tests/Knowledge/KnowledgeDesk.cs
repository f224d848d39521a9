using System.Text;
using Sluice.Data.Knowledge;
using Sluice.Sqlite.Catalog;
using Sluice.Sqlite.KeyValue;

namespace Sluice.Data.Tests.Knowledge;

/// <summary>A folder of documents, and an environment with a real catalog and store, in SQLite, over the shop.</summary>
internal sealed class KnowledgeDesk : IAsyncDisposable
{
    private readonly DirectoryInfo _place;

    private KnowledgeDesk(DirectoryInfo place, CatalogDesk desk, FaultyStores stores) => (_place, Desk, Stores) = (place, desk, stores);

    public static DataScope Scope => CatalogDesk.Scope;

    /// <summary>An agent with the toolkit over the same environment.</summary>
    public CatalogDesk Desk { get; }

    public OpenDataEnvironment Data => Desk.Data;

    public FaultyStores Stores { get; }

    /// <summary>Where documents are.</summary>
    public string Folder => Path.Combine(_place.FullName, "documents");

    public static async Task<KnowledgeDesk> OpenAsync(ITargetDatabase? database = null)
    {
        var place = Directory.CreateTempSubdirectory("sluice-knowledge-");
        Directory.CreateDirectory(Path.Combine(place.FullName, "documents"));
        var file = Path.Combine(place.FullName, "catalog.db");
        var stores = new FaultyStores(SqliteCatalogStore.Open(file, ensureSchema: true), SqliteKeyValueStore.Open(file, prefix: null, ensureSchema: true));
        var provider = new ScriptedDataProvider("sqlite") { TargetDatabase = database ?? Shop.Database(), Catalog = _ => stores, KeyValue = _ => stores };
        var environment = new DataEnvironment
        {
            TenantId = Scope.TenantId,
            TargetDatabase = new() { Url = "sqlite:shop.db" },
            Catalog = new() { Url = "sqlite:catalog.db" },
            KeyValue = new() { Url = "sqlite:catalog.db" },
        };
        return new(place, CatalogDesk.Over(await environment.OpenAsync([provider])), stores);
    }

    public string Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public string Write(string path, byte[] bytes)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
        return file;
    }

    public void Delete(string path) => File.Delete(Path.Combine(Folder, path));

    public Task<List<IngestionEvent>> IngestAsync(bool removeMissing = false, Microsoft.Extensions.AI.IChatClient? extractor = null, params IReadOnlyList<string> targets) =>
        IngestAsync(new() { DatabaseId = "shop", SourceDirectory = Folder, RemoveMissing = removeMissing, Extractor = extractor, Targets = targets });

    public async Task<List<IngestionEvent>> IngestAsync(IngestionOptions options)
    {
        var events = new List<IngestionEvent>();
        await foreach (var happened in Data.IngestKnowledgeAsync(Scope, options)) events.Add(happened);
        return events;
    }

    public async Task<IReadOnlyList<CatalogEntry>> EntriesAsync() => await Stores.ListAsync(Scope, new CatalogFilter(), default).ToListAsync();

    public async Task<CatalogEntry> EntryAsync(string id) => (await Stores.GetAsync(Scope, [id], default)).Single();

    /// <summary>The bodies by their keys.</summary>
    public async Task<Dictionary<string, string>> BodiesAsync()
    {
        var bodies = new Dictionary<string, string>();
        foreach (var key in await Stores.ListAsync(Scope, "", default).ToListAsync()) bodies[key] = Encoding.UTF8.GetString((await Stores.GetAsync(Scope, key, default))!);
        return bodies;
    }

    public async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        _place.Delete(recursive: true);
    }
}
