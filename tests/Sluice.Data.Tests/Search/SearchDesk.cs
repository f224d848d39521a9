using Sluice.Data.Search;

namespace Sluice.Data.Tests.Search;

/// <summary>A folder with a catalog, an index and as many environments on them as a test opens.</summary>
internal sealed class SearchDesk : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-search-").FullName;
    private readonly List<OpenDataEnvironment> _opened = [];

    public static DataScope Scope { get; } = new("acme");

    public string IndexFile => Path.Combine(_folder, "index.db");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens an environment on the desk's catalog file, or on entries that are given.</summary>
    public async Task<OpenDataEnvironment> OpenAsync(
        IReadOnlyList<CatalogEntry>? entries = null, CatalogSearchSettings? settings = null, IDataProvider? provider = null, bool withIndexFile = true)
    {
        var environment = new DataEnvironment
        {
            TenantId = "acme",
            Catalog = entries is null ? new() { Url = $"sqlite:{Path.Combine(_folder, "catalog.db")}" } : new() { Entries = entries },
            CatalogSearch = withIndexFile ? (settings ?? new()) with { IndexPath = IndexFile } : settings,
        };
        var opened = await environment.OpenAsync([provider ?? new SqliteDataProvider()], cancellationToken: Token);
        _opened.Add(opened);
        return opened;
    }

    public static CatalogEntry Table(string name, string content = "", string? databaseId = null, params IReadOnlyList<string> tags) => new()
    {
        Id = $"table:{databaseId}:main.{name}",
        ItemType = CatalogItemType.Table,
        Name = name,
        QualifiedName = $"main.{name}",
        Content = content,
        Tags = tags,
        Metadata = new() { DatabaseId = databaseId, SchemaName = "main", TableName = name },
    };

    public static CatalogEntry Column(string table, string name, string? databaseId = null, string? profile = null) => new()
    {
        Id = $"column:{databaseId}:main.{table}.{name}",
        ItemType = CatalogItemType.Column,
        Name = name,
        QualifiedName = $"main.{table}.{name}",
        Metadata = new()
        {
            DatabaseId = databaseId,
            SchemaName = "main",
            TableName = table,
            ColumnName = name,
            Profile = profile is null ? null : System.Text.Json.JsonElement.Parse(profile),
        },
    };

    public static async Task<string[]> FindAsync(OpenDataEnvironment data, string text, params IReadOnlyList<CatalogItemType> kinds) =>
        [.. (await SearchAsync(data, new() { Text = text, Kinds = kinds })).Candidates.Select(hit => hit.Entry.QualifiedName)];

    public static Task<CatalogSearchResult> SearchAsync(OpenDataEnvironment data, CatalogSearchQuery query) => data.Search!.SearchAsync(Scope, query, Token);

    public static async Task<SearchIndexCompletedEvent> CompleteAsync(IAsyncEnumerable<SearchIndexEvent> events) =>
        (await events.ToListAsync(Token))[^1].ShouldBeOfType<SearchIndexCompletedEvent>();

    public async ValueTask DisposeAsync()
    {
        foreach (var data in _opened) await data.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
