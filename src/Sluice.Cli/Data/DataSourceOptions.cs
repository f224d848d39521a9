using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Data;

namespace Sluice.Cli.Data;

/// <summary>The options that describe a data environment without a file, and the choice between them and a file.</summary>
internal sealed class DataSourceOptions
{
    private static readonly string[] UsualFiles = ["sluice.data.yaml", "sluice.data.yml", "sluice.data.json"];

    private readonly Option<string?> _database = new("--database")
    {
        Description = "Without a file: the database, as sqlite:PATH, a path, or postgres://… Passwords on a command line are seen by others: use --database-env.",
        HelpName = "URL",
        Recursive = true,
    };

    private readonly Option<string?> _databaseVariable = new("--database-env")
    {
        Description = "Without a file: the environment variable that holds the database's address.",
        HelpName = "NAME",
        Recursive = true,
    };

    private readonly Option<string?> _schema = new("--database-schema") { Description = "The schema whose tables are read.", HelpName = "NAME", Recursive = true };

    private readonly Option<string?> _catalog = new("--catalog")
    {
        Description = "Without a file: where the catalog and documents are, as sqlite:PATH, a path, or postgres://… Made when it is not there.",
        HelpName = "URL",
        Recursive = true,
    };

    private readonly Option<string?> _searchIndex = new("--search-index")
    {
        Description = "Without a file: the file of the search index. Default: none, and each process makes its own.",
        HelpName = "FILE",
        Recursive = true,
    };

    public IEnumerable<Option> All => [_database, _databaseVariable, _schema, _catalog, _searchIndex];

    /// <summary>Whether the command line says which data there is.</summary>
    public bool AreGiven(Invocation invocation) =>
        invocation.DataEnvironmentFile is not null || Array.Exists([_database, _databaseVariable, _schema, _catalog, _searchIndex], option => invocation.Get(option) is not null);

    /// <summary>What a command line needs to mean the same data. An address that may hold a password is left to who reads it.</summary>
    public IEnumerable<string> Arguments(Invocation invocation)
    {
        if (invocation.DataEnvironmentFile is { } file)
        {
            yield return "--data-environment";
            yield return file;
        }

        if (invocation.WorkspaceId is { } workspace)
        {
            yield return "--workspace-id";
            yield return workspace;
        }

        foreach (var option in (IEnumerable<Option<string?>>)[_database, _databaseVariable, _schema, _catalog, _searchIndex])
        {
            if (invocation.Get(option) is not { } value) continue;
            yield return option.Name;
            yield return value.Contains("://", StringComparison.Ordinal) ? "…" : value;
        }
    }

    /// <summary>Opens the environment that the command line means.</summary>
    /// <exception cref="WrongUseException">It means none, or several.</exception>
    /// <exception cref="SpecValidationException">The file cannot be used.</exception>
    /// <exception cref="SluiceException">A part cannot be opened.</exception>
    public Task<DataSession> OpenAsync(Invocation invocation, CancellationToken cancellationToken) => OpenAsync(invocation, invocation.TenantId, cancellationToken);

    /// <summary>Opens the environment that the command line means, for a tenant; null: the environment's.</summary>
    /// <exception cref="WrongUseException">It means none, or several.</exception>
    /// <exception cref="SpecValidationException">The file cannot be used.</exception>
    /// <exception cref="SluiceException">A part cannot be opened.</exception>
    public async Task<DataSession> OpenAsync(Invocation invocation, string? tenantId, CancellationToken cancellationToken)
    {
        var described = Describe(invocation);
        var environment = described ?? DataEnvironment.Load(FileOf(invocation));
        if (invocation.WorkspaceId is { } workspace) environment = environment with { WorkspaceId = workspace };
        try
        {
            return await DataSession.OpenAsync(environment, tenantId, cancellationToken);
        }
        catch (SpecValidationException exception) when (described is not null)
        {
            throw WrongOptions(exception, invocation);
        }
    }

    private DataEnvironment? Describe(Invocation invocation)
    {
        var (database, variable, catalog) = (invocation.Get(_database), invocation.Get(_databaseVariable), invocation.Get(_catalog));
        var (schema, index) = (invocation.Get(_schema), invocation.Get(_searchIndex));
        if (database is null && variable is null && catalog is null)
        {
            return schema is null && index is null ? null : throw new WrongUseException(
                "--database-schema and --search-index belong to --database, --database-env and --catalog.", "in a file, write targetDatabase.schema and catalogSearch.indexPath");
        }

        if (invocation.DataEnvironmentFile is not null)
        {
            throw new WrongUseException(
                "--data-environment names a file, and --database, --database-env and --catalog describe the data without one.", "keep one of the two");
        }

        return new()
        {
            TargetDatabase = database is null && variable is null ? null : new() { Url = AddressOf(database), UrlEnv = variable, Schema = schema },
            Catalog = catalog is null ? null : new() { Url = AddressOf(catalog) },
            CatalogSearch = index is null ? null : new() { IndexPath = index },
            KeyValue = catalog is null ? null : new() { Url = AddressOf(catalog) },
        };
    }

    /// <summary>A path alone is a SQLite file. One letter before a colon is a drive.</summary>
    private static string? AddressOf(string? given) => given is null || given.IndexOf(':', StringComparison.Ordinal) > 1 ? given : $"sqlite:{given}";

    private static string FileOf(Invocation invocation) => invocation.DataEnvironmentFile ?? Array.Find(UsualFiles, File.Exists) ?? throw new WrongUseException(
        $"No data environment: there is no {UsualFiles[0]} here, and neither --data-environment nor --database is given.",
        "add --database sqlite:chinook.db, or describe the data in sluice.data.yaml");

    private static WrongUseException WrongOptions(SpecValidationException exception, Invocation invocation)
    {
        var problems = exception.Errors.Select(error => $"{OptionOf(error.Path)}: {error.Message}");
        return new(string.Join(' ', problems), invocation.Help);
    }

    private static string OptionOf(string path) => path switch
    {
        "targetDatabase.url" or "targetDatabase.kind" => "--database",
        "targetDatabase.urlEnv" => "--database-env",
        "catalog.url" or "catalog.kind" or "kv.url" or "kv.kind" => "--catalog",
        "catalogSearch.indexPath" => "--search-index",
        "workspaceId" => "--workspace-id",
        "tenantId" => "--tenant-id",
        _ => path,
    };
}
