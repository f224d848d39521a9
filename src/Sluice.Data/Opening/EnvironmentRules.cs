using Sluice.Data.Reading;

namespace Sluice.Data.Opening;

/// <summary>What an environment must be like to be opened.</summary>
internal static class EnvironmentRules
{
    public const string Empty = "empty";
    public const string Inline = "inline";
    public const string Memory = "memory";

    private const string Sqlite = "sqlite";
    private const string Postgres = "postgres";
    private const string Redis = "redis";
    private static readonly string[] OfTargets = [Sqlite, Postgres];
    private static readonly string[] OfCatalogs = [Empty, Inline, Sqlite, Postgres];
    private static readonly string[] OfKeyValues = [Memory, Sqlite, Postgres, Redis];

    /// <summary>Reports what is wrong.</summary>
    /// <returns>Where the parts are that the rooms of databases open.</returns>
    public static EnvironmentSources Check(
        DataEnvironment environment, IReadOnlyList<IDataProvider> providers, Func<string, string?> variables, SettingsProblems problems)
    {
        if (environment.TenantId is { } tenant && string.IsNullOrWhiteSpace(tenant))
            problems.Add(SpecErrorCodes.BlankTenant, "tenantId", "The tenant's resource id is blank. Give it, or leave it out.");
        if (string.IsNullOrWhiteSpace(environment.WorkspaceId))
            problems.Add(SpecErrorCodes.InvalidValue, "workspaceId", "The workspace is blank. Give it, or leave it out for \"default\".");

        string[] Kinds(IEnumerable<string> known, DataParts part) =>
            [.. known.Union(providers.Where(provider => provider.Parts.HasFlag(part)).Select(provider => provider.Kind), StringComparer.Ordinal)];

        var target = environment.TargetDatabase is { } database
            ? new PartRules("targetDatabase", Kinds(OfTargets, DataParts.TargetDatabase), [], variables, problems)
                .Check(database.Kind, database.Url, database.UrlEnv)
            : null;
        var catalog = environment.Catalog ?? new();
        var ofCatalog = new PartRules("catalog", Kinds(OfCatalogs, DataParts.Catalog), [Empty, Inline], variables, problems)
            .Check(catalog.Kind ?? DefaultKind(catalog), catalog.Url, catalog.UrlEnv);
        CatalogRules.Check(catalog, ofCatalog?.Kind, problems);
        var keyValue = environment.KeyValue ?? new();
        var ofKeyValue = new PartRules("kv", Kinds(OfKeyValues, DataParts.KeyValue), [Memory], variables, problems)
            .Check(keyValue.Kind ?? (keyValue is { Url: null, UrlEnv: null } ? Memory : null), keyValue.Url, keyValue.UrlEnv);
        if (environment.CatalogSearch?.IndexPath is { } path && string.IsNullOrWhiteSpace(path))
            problems.Add(SpecErrorCodes.InvalidValue, "catalogSearch.indexPath", "The path is blank. Give the index a file, or leave it out.");
        return new(target, ofCatalog, ofKeyValue);
    }

    private static string? DefaultKind(CatalogSettings catalog) => catalog switch
    {
        { Entries: not null } => Inline,
        { Url: null, UrlEnv: null } => Empty,
        _ => null,
    };
}
