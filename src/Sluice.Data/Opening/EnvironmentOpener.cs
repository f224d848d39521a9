using Sluice.Data.Catalog;
using Sluice.Data.KeyValue;
using Sluice.Data.Reading;
using Sluice.Data.Search.Documents;

namespace Sluice.Data.Opening;

/// <summary>Opens the parts of an environment through the providers that the host has.</summary>
internal sealed class EnvironmentOpener(DataEnvironment environment, IReadOnlyList<IDataProvider> providers, DataEnvironmentOptions options)
{
    private readonly Stack<IAsyncDisposable> _opened = new();

    private string? Tenant => environment.TenantId ?? options.Tenant?.ResourceId;

    public async Task<OpenDataEnvironment> OpenAsync(CancellationToken cancellationToken)
    {
        var sources = Check();
        try
        {
            var database = await OpenTargetAsync(sources.TargetDatabase, cancellationToken).ConfigureAwait(false);
            var catalog = await OpenCatalogAsync(sources.Catalog!, cancellationToken).ConfigureAwait(false);
            var keyValue = await OpenKeyValueAsync(sources.KeyValue!, cancellationToken).ConfigureAwait(false);
            var index = await OpenSearchIndexAsync(cancellationToken).ConfigureAwait(false);
            var opened = new OpenDataEnvironment(environment, database, catalog, keyValue, index, _opened, options);
            if (environment.CatalogSearch?.RebuildOnStart == true && Tenant is { } tenant)
                await opened.Search!.EnsureReadyAsync(new(tenant, environment.WorkspaceId), cancellationToken).ConfigureAwait(false);
            return opened;
        }
        catch
        {
            // Whatever the reason, what was opened so far is nobody's.
            while (_opened.TryPop(out var part)) await part.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private EnvironmentSources Check()
    {
        var problems = new SettingsProblems();
        var sources = EnvironmentRules.Check(environment, providers, Environment.GetEnvironmentVariable, problems);
        CheckTenant(sources, problems);
        CheckProvider("targetDatabase", DataParts.TargetDatabase, sources.TargetDatabase, problems);
        CheckProvider("catalog", DataParts.Catalog, sources.Catalog, problems);
        CheckProvider("kv", DataParts.KeyValue, sources.KeyValue, problems);
        if (environment.CatalogSearch is not null && FindSearchIndex() is null)
            problems.Add("no_data_provider", "catalogSearch", "No provider was given that has search indexes. Give OpenAsync one, such as SqliteDataProvider.");
        problems.ThrowIfAny();
        return sources;
    }

    private void CheckTenant(EnvironmentSources sources, SettingsProblems problems)
    {
        if (Tenant is null && sources.Catalog?.Kind == EnvironmentRules.Inline)
        {
            problems.Add(
                SpecErrorCodes.MissingProperty, "tenantId",
                "An inline catalog belongs to one tenant. Give \"tenantId\", or DataEnvironmentOptions.Tenant.");
        }

        if (environment.TenantId is { } own && options.Tenant is { } tenant && own != tenant.ResourceId)
        {
            problems.Add(
                "tenant_mismatch", "tenantId",
                $"The data environment is of tenant '{own}', and is to be opened for tenant '{tenant.ResourceId}'. Open the environment of this tenant.");
        }
    }

    private void CheckProvider(string path, DataParts part, PartSource? source, SettingsProblems problems)
    {
        if (source?.Url is null || Find(source.Kind, part) is not null) return;
        var has = providers.Where(provider => provider.Parts.HasFlag(part)).Select(provider => provider.Kind).Distinct(StringComparer.Ordinal).ToArray();
        var others = has.Length == 0 ? "None of those given does" : $"Those given open: {string.Join(", ", has)}";
        problems.Add(
            "no_data_provider", $"{path}.kind", $"No provider of kind {source.Kind} was given that opens this part. {others}. Give OpenAsync one.");
    }

    private IDataProvider? Find(string kind, DataParts part) => providers.FirstOrDefault(provider => provider.Kind == kind && provider.Parts.HasFlag(part));

    private async Task<ITargetDatabase?> OpenTargetAsync(PartSource? part, CancellationToken cancellationToken)
    {
        if (part is null) return null;
        var source = new DataSource { Url = part.Url!, Schema = environment.TargetDatabase!.Schema };
        return await OpenAsync("targetDatabase", part.Url!, () =>
            Find(part.Kind, DataParts.TargetDatabase)!.OpenTargetDatabaseAsync(source, options.Guard, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<ICatalogStore> OpenCatalogAsync(PartSource part, CancellationToken cancellationToken)
    {
        if (part.Kind == EnvironmentRules.Inline)
            return Keep<ICatalogStore>(new InlineCatalogStore(new(Tenant!, environment.WorkspaceId), environment.Catalog!.Entries!));
        if (part.Url is null) return Keep<ICatalogStore>(new EmptyCatalogStore());
        var source = new DataSource { Url = part.Url, EnsureSchema = environment.Catalog!.EnsureSchema };
        return await OpenAsync("catalog", part.Url, () => Find(part.Kind, DataParts.Catalog)!.OpenCatalogAsync(source, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<IKeyValueStore> OpenKeyValueAsync(PartSource part, CancellationToken cancellationToken)
    {
        if (part.Url is null) return Keep<IKeyValueStore>(new MemoryKeyValueStore());
        var settings = environment.KeyValue!;
        var source = new DataSource { Url = part.Url, Prefix = settings.Prefix, EnsureSchema = settings.EnsureSchema };
        return await OpenAsync("kv", part.Url, () => Find(part.Kind, DataParts.KeyValue)!.OpenKeyValueAsync(source, cancellationToken)).ConfigureAwait(false);
    }

    private IDataProvider? FindSearchIndex() => providers.FirstOrDefault(provider => provider.Parts.HasFlag(DataParts.SearchIndex));

    /// <summary>A named file is opened at once, so that what is wrong with it is known at once; one of its own when it is needed.</summary>
    private async Task<ISearchIndex?> OpenSearchIndexAsync(CancellationToken cancellationToken)
    {
        if (FindSearchIndex() is not { } provider) return null;
        if (environment.CatalogSearch?.IndexPath is not { } path)
            return Keep<ISearchIndex>(new DeferredSearchIndex(() => provider.OpenSearchIndexAsync(null, CancellationToken.None)));
        return await OpenAsync("catalogSearch", path, () => provider.OpenSearchIndexAsync(path, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<T> OpenAsync<T>(string path, string url, Func<Task<T>> open)
        where T : IAsyncDisposable
    {
        try
        {
            return Keep(await open().ConfigureAwait(false));
        }
        catch (SluiceException exception) when (Leaks(exception, url))
        {
            // The cause goes too: it is what quotes the address.
            throw new SluiceException(exception.Code, Redaction.OfText(exception.Message, url)) { Retryable = exception.Retryable };
        }
        catch (Exception exception) when (exception is not (SluiceException or OperationCanceledException))
        {
            throw new SluiceException(
                ErrorCodes.StoreUnavailable, $"{path} cannot be opened: {Redaction.OfText(exception.Message, url)}",
                Leaks(exception, url) ? null : exception);
        }
    }

    private static bool Leaks(Exception exception, string url)
    {
        var text = exception.ToString();
        return Redaction.SecretsOf(url).Any(secret => text.Contains(secret, StringComparison.Ordinal));
    }

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _opened.Push(part);
        return part;
    }
}
