namespace Sluice;

/// <summary>How an agent's tools are served over Streamable HTTP.</summary>
public sealed record McpHttpOptions
{
    /// <summary>What does not depend on HTTP. Default: as <see cref="McpServingOptions"/> says.</summary>
    public McpServingOptions Serving { get; init; } = new();

    /// <summary>
    /// The host names under which the server may be reached; what a request's <c>Host</c> and, when a browser sends one, <c>Origin</c> name.
    /// Others get 403, which keeps pages of other sites out. Ports do not matter. Default: <c>localhost</c>, <c>127.0.0.1</c> and <c>[::1]</c>.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>The token that requests must bear (<c>Authorization: Bearer …</c>); others get 401. Null: none is asked for. Not empty.</summary>
    public string? BearerToken { get; init; }

    /// <summary>The largest request, in bytes; larger ones get 413. Positive. Default: 4 MiB.</summary>
    public int MaxRequestBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The most sessions at a time; one more gets 503. Positive. Default: 1,000.</summary>
    public int MaxSessions { get; init; } = 1000;

    /// <summary>How long a session is kept without a request; an open stream is one. Positive. Default: 30 minutes.</summary>
    public TimeSpan SessionIdleTimeout { get; init; } = TimeSpan.FromMinutes(30);
}
