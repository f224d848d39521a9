using Microsoft.Extensions.AI;
using Sluice.Models;
using Sluice.Runtime.Diagnostics;

namespace Sluice.Runtime.Providers;

/// <summary>The live models of one runtime: finds who serves a model, makes each provider's client once, and disposes them with the runtime.</summary>
internal sealed class ModelClients(
    RuntimeSpec spec, RuntimeOptions options, IReadOnlyList<IModelProvider> makers, Random jitter) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ProviderConnection?> _connections = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, ProviderSpec> _providers = spec.Providers.Count > 0 ? spec.Providers : Implied(options, makers);

    /// <summary>The options that the runtime was made with.</summary>
    public RuntimeOptions Options => options;

    /// <summary>What is run.</summary>
    public RuntimeSpec Spec => spec;

    /// <summary>A client for a model and its fallbacks; null, with problems added, when one of them has no provider.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">Where it stands, for the problems.</param>
    /// <param name="problems">What does not fit.</param>
    public IChatClient? Find(ModelSpec model, string path, ICollection<SpecError> problems)
    {
        var routes = new List<ModelRoute>(1 + model.Fallbacks.Count);
        var found = problems.Count;
        Add(model, path, routes, problems);
        return problems.Count == found ? new RoutedChatClient(routes, options.ModelCalls, options.TimeProvider, jitter) : null;
    }

    /// <summary>The client with a span and measurements for each of its calls.</summary>
    /// <param name="client">The client that makes the calls.</param>
    /// <param name="provider">The provider's name where the client does not tell it.</param>
    public IChatClient Observe(IChatClient client, string provider) =>
        new TelemetryChatClient(client, provider, ContentCapture.IsOn(options), options.TimeProvider);

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var connection in _connections.Values) connection?.Dispose();
            _connections.Clear();
        }
    }

    private void Add(ModelSpec model, string path, List<ModelRoute> routes, ICollection<SpecError> problems)
    {
        if (FindProvider(model, path, problems) is { } provider && Connect(provider, problems) is { } connection)
            routes.Add(new(connection, model));
        CheckPrice(model, path, problems);
        for (var index = 0; index < model.Fallbacks.Count; index++) Add(model.Fallbacks[index], $"{path}.fallbacks[{index}]", routes, problems);
    }

    /// <summary>A limit of costs that no cost counts towards would be none.</summary>
    private void CheckPrice(ModelSpec model, string path, ICollection<SpecError> problems)
    {
        if (options.Limits.CostUsd is null || options.Models.Find(model.Id) is { InputPerMillion: not null, OutputPerMillion: not null }) return;
        problems.Add(new(
            "unknown_price", path,
            $"Limits.CostUsd needs the price of model '{model.Id}', which is not in the table of models. Add it with RuntimeOptions.Models = ModelTable.Default.With(…)."));
    }

    /// <summary>By name, else by the beginning of the model's id, else the only one.</summary>
    private string? FindProvider(ModelSpec model, string path, ICollection<SpecError> problems)
    {
        if (model.Provider is { } named)
        {
            if (_providers.ContainsKey(named)) return named;
            problems.Add(new("no_provider", path, $"There is no provider '{named}'. The providers are: {Names(_providers.Keys)}."));
            return null;
        }

        var kinds = makers
            .Where(provider => provider.ModelPrefixes.Any(prefix => model.Id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            .Select(provider => provider.Kind).ToHashSet(StringComparer.Ordinal);
        var fitting = _providers.Where(provider => kinds.Contains(provider.Value.Kind)).Select(provider => provider.Key).ToList();
        if (fitting.Count == 1) return fitting[0];
        // Providers that the spec does not name serve only what is known to be theirs.
        if (fitting.Count == 0 && spec.Providers.Count == 1) return _providers.Keys.First();
        problems.Add(new(
            "no_provider", path,
            fitting.Count > 1 ? $"Model '{model.Id}' could be served by {Names(fitting)}. Name one in the model's provider."
            : spec.Providers.Count == 0 ? $"No provider is known to serve model '{model.Id}', and the spec names none. Add one to its providers."
            : $"No provider is known to serve model '{model.Id}'. Name one in the model's provider: {Names(_providers.Keys)}."));
        return null;
    }

    private ProviderConnection? Connect(string name, ICollection<SpecError> problems)
    {
        lock (_gate)
        {
            if (_connections.TryGetValue(name, out var known)) return known ?? Failed(problems);
            return _connections[name] = Create_NeedsLock(name, _providers[name], problems);
        }
    }

    /// <summary>What is wrong with the provider was said where it was met first, among problems that are all reported together.</summary>
    private static ProviderConnection? Failed(ICollection<SpecError> problems)
    {
        if (problems.Count == 0) problems.Add(new("no_provider", "providers", "The model's provider could not be set up when the runtime was created."));
        return null;
    }

    private ProviderConnection? Create_NeedsLock(string name, ProviderSpec provider, ICollection<SpecError> problems)
    {
        if (options.ChatClients.TryGetValue(name, out var given)) return new(name, Observe(given, "custom"), provider, key: null, options.TimeProvider);
        var path = $"providers[{name}]";
        if (provider.Kind == "custom")
        {
            problems.Add(new("no_chat_client", path, $"RuntimeOptions.ChatClients has no client for provider '{name}'."));
            return null;
        }

        if (makers.FirstOrDefault(known => known.Kind == provider.Kind) is not { } maker)
        {
            problems.Add(new(
                ErrorCodes.NotAvailable, $"{path}.kind",
                $"RuntimeOptions.ModelProviders has none of kind '{provider.Kind}'. Add the one of its package, such as new OpenAIModelProvider() of Sluice.OpenAI."));
            return null;
        }

        if (ProviderKeys.Find(provider, maker) is not { } key)
        {
            problems.Add(new(
                "no_credentials", path,
                $"Provider '{name}' has no key. Set the environment variable {provider.ApiKeyEnv ?? maker.ApiKeyEnv}, or choose an interpreter that needs no model."));
            return null;
        }

        var client = maker.CreateClient(new()
        {
            ApiKey = key,
            BaseUrl = provider.BaseUrl is { } address ? new(address) : null,
            Headers = provider.Headers,
        });
        return new(name, Observe(client, provider.Kind), provider, key, options.TimeProvider);
    }

    /// <summary>Without providers in the spec there is one of each kind that is known, with its usual key.</summary>
    private static Dictionary<string, ProviderSpec> Implied(RuntimeOptions options, IReadOnlyList<IModelProvider> makers)
    {
        var implied = makers.DistinctBy(provider => provider.Kind, StringComparer.Ordinal)
            .ToDictionary(provider => provider.Kind, provider => new ProviderSpec { Kind = provider.Kind }, StringComparer.Ordinal);
        foreach (var name in options.ChatClients.Keys) implied.TryAdd(name, new() { Kind = "custom" });
        return implied;
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal).Select(name => $"'{name}'"));
}
