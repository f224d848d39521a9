using Sluice.Models;

namespace Sluice.Runtime.Providers;

/// <summary>Where the key of a provider is.</summary>
internal static class ProviderKeys
{
    /// <summary>The key of the spec, else that of the environment variable it names, else of the usual one; null when there is none.</summary>
    public static string? Find(ProviderSpec provider, IModelProvider maker)
    {
        var key = provider.ApiKey ?? Environment.GetEnvironmentVariable(provider.ApiKeyEnv ?? maker.ApiKeyEnv);
        return string.IsNullOrWhiteSpace(key) ? null : key.Trim();
    }
}
