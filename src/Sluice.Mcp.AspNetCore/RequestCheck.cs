using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Sluice.Mcp.AspNetCore;

/// <summary>Who may ask at all.</summary>
internal sealed class RequestCheck(McpHttpOptions options)
{
    private readonly HashSet<string> _hosts = new(options.AllowedHosts, StringComparer.OrdinalIgnoreCase);
    private readonly byte[]? _token = options.BearerToken is { } token ? SHA256.HashData(Encoding.UTF8.GetBytes(token)) : null;

    /// <summary>The status with which a request is refused, and why; null when it may go on.</summary>
    public (int Status, string Why)? Refuse(HttpRequest request)
    {
        if (!_hosts.Contains(request.Host.Host)) return (StatusCodes.Status403Forbidden, $"This server is not reached under the host '{request.Host.Host}'.");
        foreach (var origin in request.Headers.Origin)
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || !_hosts.Contains(uri.Host))
                return (StatusCodes.Status403Forbidden, "Pages of this origin may not use the server.");
        }

        return _token is null || BearsToken(request) ? null : (StatusCodes.Status401Unauthorized, "A bearer token is needed.");
    }

    private bool BearsToken(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        return request.Headers.Authorization is [{ } header]
            && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim())), _token);
    }
}
