using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sluice.Runtime.Drift;

/// <summary>What a spec says, without its secrets: the definitions that a run depends on, and their hash.</summary>
/// <remarks>A key that is exchanged is no other spec, and must never be kept beside the runs.</remarks>
internal sealed class SpecDefinition
{
    /// <summary>The reserved kind under which definitions are stored. Agents cannot resolve it.</summary>
    public const string Kind = "sluice.spec";

    private const string Secret = "***";
    private static readonly JsonElement SecretConfig = JsonElement.Parse("{}");

    private SpecDefinition(string json) => (Json, Hash) = (json, HashOf(Encoding.UTF8.GetBytes(json)));

    public string Json { get; }

    /// <summary>SHA-256, in hex, of the JSON.</summary>
    public string Hash { get; }

    public static SpecDefinition Of(RuntimeSpec spec) => new((spec with
    {
        Providers = spec.Providers.ToDictionary(provider => provider.Key, provider => WithoutSecrets(provider.Value), StringComparer.Ordinal),
        StorageFactories = spec.StorageFactories.ToDictionary(
            factory => factory.Key, factory => factory.Value with { Config = factory.Value.Config is null ? null : SecretConfig }, StringComparer.Ordinal),
    }).ToJson());

    public static string HashOf(ReadOnlySpan<byte> json) => Convert.ToHexStringLower(SHA256.HashData(json));

    public static ReferenceHandle HandleOf(string hash) => new() { Kind = Kind, Id = $"spec-{hash}" };

    private static ProviderSpec WithoutSecrets(ProviderSpec provider) => provider with
    {
        ApiKey = provider.ApiKey is null ? null : Secret,
        Headers = provider.Headers.ToDictionary(header => header.Key, _ => Secret, StringComparer.Ordinal),
    };
}
