using Sluice.Cli.CommandLine;
using Sluice.Data;

namespace Sluice.Cli.Data;

/// <summary>An open data environment, and whose data a command works on.</summary>
internal sealed class DataSession : IAsyncDisposable
{
    private DataSession(OpenDataEnvironment environment, DataScope scope, bool hasIndexFile) =>
        (Environment, Scope, HasIndexFile) = (environment, scope, hasIndexFile);

    public OpenDataEnvironment Environment { get; }

    public DataScope Scope { get; }

    /// <summary>Whether the search index is a file, which outlives the process.</summary>
    public bool HasIndexFile { get; }

    /// <summary>Opens an environment with every technology there is. The tenant is the one asked for, which must be the environment's where that names one.</summary>
    public static async Task<DataSession> OpenAsync(DataEnvironment environment, string? tenantId, CancellationToken cancellationToken)
    {
        var tenant = tenantId ?? environment.TenantId ?? GlobalOptions.DefaultTenant;
        if (!DataArguments.IsEntryId(tenant) || !DataArguments.IsEntryId(environment.WorkspaceId))
            throw new WrongUseException($"Tenants and workspaces have 1 to {DataArguments.MostCharacters} characters.", "look at --tenant-id and --workspace-id");
        var open = await environment.OpenAsync(
            [new SqliteDataProvider(), new PostgresDataProvider(), new RedisDataProvider()],
            new() { Tenant = Define.Tenant(tenant, "cli") }, cancellationToken);
        return new(open, new(tenant, open.WorkspaceId), environment.CatalogSearch?.IndexPath is not null);
    }

    /// <summary>The database that agents read.</summary>
    /// <exception cref="SluiceException">The environment has none.</exception>
    public ITargetDatabase RequireDatabase() => Environment.TargetDatabase ?? throw new SluiceException(
        ErrorCodes.InvalidDataEnvironment, "The data environment has no target database. Add \"targetDatabase\" with a \"url\" to its file, or give --database.");

    /// <summary>The catalog, to be written to.</summary>
    /// <exception cref="SluiceException">It only reads.</exception>
    public ICatalogStore RequireWritableCatalog() => !Environment.Catalog.IsReadOnly ? Environment.Catalog : throw new SluiceException(
        ErrorCodes.CatalogReadOnly,
        "This needs a catalog that can be written, and the environment's is empty or inline. Give --catalog catalog.db, or add two lines to the file of the "
        + "environment: 'catalog:' and below it '  url: sqlite:catalog.db'.");

    public ValueTask DisposeAsync() => Environment.DisposeAsync();
}
