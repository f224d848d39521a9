using Sluice.Data.Profiling;

namespace Sluice.Data.Tests.Profiling;

/// <summary>An environment over a real database with a catalog in a file of its own.</summary>
internal sealed class ProfilingDesk : IAsyncDisposable
{
    private readonly string _folder;

    private ProfilingDesk(string folder, OpenDataEnvironment data) => (_folder, Data) = (folder, data);

    public static DataScope Scope { get; } = new("acme");

    public OpenDataEnvironment Data { get; }

    /// <summary>Opens a SQLite file, or an address of another kind.</summary>
    public static async Task<ProfilingDesk> OpenAsync(string database, DataEnvironmentOptions? options = null, Func<ITargetDatabase, ITargetDatabase>? wrap = null)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-profiling-").FullName;
        var environment = new DataEnvironment
        {
            TenantId = "acme",
            TargetDatabase = new() { Url = database.Contains(':', StringComparison.Ordinal) ? database : $"sqlite:{database}" },
            Catalog = new() { Url = $"sqlite:{Path.Combine(folder, "catalog.db")}" },
        };
        IDataProvider[] providers = [new WrappingDataProvider(new SqliteDataProvider(), wrap), new WrappingDataProvider(new PostgresDataProvider(), wrap)];
        return new(folder, await environment.OpenAsync(providers, options));
    }

    public async Task<IReadOnlyList<ProfilingEvent>> RunAsync(ProfilingOptions? options = null) =>
        await Data.ProfileAsync(Scope, options ?? new() { DatabaseId = "db" }, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    /// <summary>The entries in their order.</summary>
    public async Task<IReadOnlyList<CatalogEntry>> EntriesAsync(CatalogItemType? type = null) =>
        await Data.Catalog.ListAsync(Scope, new() { ItemTypes = type is { } only ? [only] : [] }, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    public async Task<CatalogEntry> EntryAsync(string qualifiedName) => (await EntriesAsync()).Single(entry => entry.QualifiedName == qualifiedName);

    public async ValueTask DisposeAsync()
    {
        await Data.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
