using System.Text;

namespace Sluice.Models;

/// <summary>What a client of a provider is made with.</summary>
public sealed record ModelProviderSettings
{
    /// <summary>The key. It must not reach a log, an event or the message of an exception.</summary>
    public required string ApiKey { get; init; }

    /// <summary>The endpoint; null: the provider's own.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>Headers to add to every request. They win over the client's own. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    // A record prints its members by itself, and a key must not stand in a log for that.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"ApiKey = ***, BaseUrl = {BaseUrl}, Headers = {Headers.Count}");
        return true;
    }
}
