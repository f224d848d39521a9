using System.Text;

namespace Sluice;

/// <summary>How a model provider is reached. Keys given here never reach logs, events, traces, journals or errors.</summary>
public sealed record ProviderSpec
{
    /// <summary>The protocol: <c>anthropic</c>, <c>openai</c> (any compatible endpoint) or <c>custom</c> (a client given in the options).</summary>
    public required string Kind { get; init; }

    /// <summary>The environment variable that holds the key.</summary>
    public string? ApiKeyEnv { get; init; }

    /// <summary>The key itself. Prefer <see cref="ApiKeyEnv"/>, which keeps it out of files.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The endpoint; null: the provider's own.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Headers to add to every request. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The most requests under way at once, at least 1; null: no limit.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>The longest one request may take. Positive; null: the provider's default. Milliseconds on the wire (<c>timeoutMs</c>).</summary>
    public TimeSpan? Timeout { get; init; }

    // What a record prints by itself would put the key, and whatever headers carry, into the first log line that names the provider.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Kind = {Kind}, ApiKeyEnv = {ApiKeyEnv}, ApiKey = {(ApiKey is null ? "" : "***")}, BaseUrl = {BaseUrl}, Headers = {Headers.Count}");
        return true;
    }
}
