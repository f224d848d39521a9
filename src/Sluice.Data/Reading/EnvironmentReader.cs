using System.Text.Json;

namespace Sluice.Data.Reading;

/// <summary>Reads a data environment from a document.</summary>
internal static class EnvironmentReader
{
    private static readonly string[] Keys =
        ["tenantId", "workspaceId", "targetDatabase", "targetDatabaseUrl", "targetDatabaseSchema", "catalog", "catalogSearch", "kv"];

    private static readonly string[] TargetKeys = ["kind", "url", "urlEnv", "schema"];
    private static readonly string[] CatalogKeys = ["kind", "entries", "url", "urlEnv", "ensureSchema"];
    private static readonly string[] SearchKeys = ["indexPath", "rebuildOnStart", "writeThrough"];
    private static readonly string[] KeyValueKeys = ["kind", "url", "urlEnv", "prefix", "ensureSchema"];

    /// <summary>The environment, without what could not be read of it.</summary>
    public static DataEnvironment Read(JsonElement root, SettingsProblems problems)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            problems.Add(SpecErrorCodes.WrongType, "$", "A data environment is an object of settings.");
            return new();
        }

        var settings = new SettingsObject(root, "", Keys, problems);
        return new()
        {
            TenantId = settings.Text("tenantId"),
            WorkspaceId = settings.Text("workspaceId") ?? DataEnvironment.DefaultWorkspace,
            TargetDatabase = ReadTarget(settings, problems),
            Catalog = ReadCatalog(settings.Object("catalog", CatalogKeys), problems),
            CatalogSearch = settings.Object("catalogSearch", SearchKeys) is not { } search ? null : new()
            {
                IndexPath = search.Text("indexPath"),
                RebuildOnStart = search.Flag("rebuildOnStart") ?? false,
                WriteThrough = search.Flag("writeThrough") ?? true,
            },
            KeyValue = settings.Object("kv", KeyValueKeys) is not { } keyValue ? null : new()
            {
                Kind = keyValue.Text("kind"),
                Url = keyValue.Text("url"),
                UrlEnv = keyValue.Text("urlEnv"),
                Prefix = keyValue.Text("prefix"),
                EnsureSchema = keyValue.Flag("ensureSchema") ?? true,
            },
        };
    }

    private static TargetDatabaseSettings? ReadTarget(SettingsObject settings, SettingsProblems problems)
    {
        var nested = settings.Object("targetDatabase", TargetKeys);
        var (url, schema) = (settings.Text("targetDatabaseUrl"), settings.Text("targetDatabaseSchema"));
        if (settings.Has("targetDatabase") && (settings.Has("targetDatabaseUrl") || settings.Has("targetDatabaseSchema")))
        {
            problems.Add(
                "conflicting_settings", settings.Has("targetDatabaseUrl") ? "targetDatabaseUrl" : "targetDatabaseSchema",
                "The target database is given in both forms. Keep \"targetDatabase\", or \"targetDatabaseUrl\" with \"targetDatabaseSchema\".");
        }
        else if (settings.Has("targetDatabaseSchema") && !settings.Has("targetDatabaseUrl"))
        {
            problems.Add(
                SpecErrorCodes.MissingProperty, "targetDatabaseUrl",
                "\"targetDatabaseSchema\" is given without \"targetDatabaseUrl\". Add the address of the database.");
        }

        if (nested is null) return url is null ? null : new() { Url = url, Schema = schema };
        return new() { Kind = nested.Text("kind"), Url = nested.Text("url"), UrlEnv = nested.Text("urlEnv"), Schema = nested.Text("schema") };
    }

    private static CatalogSettings? ReadCatalog(SettingsObject? catalog, SettingsProblems problems) => catalog is null ? null : new()
    {
        Kind = catalog.Text("kind"),
        Entries = catalog.List("entries") is { } entries ? EntryReader.Read(entries, catalog.PathOf("entries"), problems) : null,
        Url = catalog.Text("url"),
        UrlEnv = catalog.Text("urlEnv"),
        EnsureSchema = catalog.Flag("ensureSchema") ?? true,
    };
}
