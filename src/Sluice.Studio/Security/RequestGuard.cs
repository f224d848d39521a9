using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Sluice.Studio.Errors;

namespace Sluice.Studio.Security;

/// <summary>Decides about every request before anything reads it: who may reach Studio, and from which pages.</summary>
/// <remarks>
/// That a server listens on this machine alone keeps no web page out: pages of other sites can send requests here, and with a name that
/// is made to point here (DNS rebinding) also read the answers.
/// </remarks>
internal sealed class RequestGuard
{
    private const string AuthCookie = "sluice-studio";
    private const string PageTokenHeader = "X-Sluice-Page-Token";
    private const string TokenQuery = "token";

    private static readonly string[] OwnHosts = ["localhost", "127.0.0.1", "[::1]"];

    private readonly HashSet<string> _hosts;
    private readonly byte[]? _authToken;
    private readonly byte[] _pageToken;

    public RequestGuard(StudioOptions options)
    {
        _hosts = new([.. OwnHosts, options.Host, .. options.AllowedHosts], StringComparer.OrdinalIgnoreCase);
        _authToken = options.AuthToken is { } token ? Digest(token) : null;
        PageToken = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        _pageToken = Digest(PageToken);
    }

    /// <summary>What writes from the page carry. Another site's page cannot read it.</summary>
    public string PageToken { get; }

    /// <summary>Passes a request on, or answers it with what is wrong.</summary>
    public async Task HandleAsync(HttpContext http, RequestDelegate next)
    {
        SecurityHeaders.Write(http.Response.Headers);
        if (TryEnter(http)) return;
        if (Refuse(http.Request) is { } problem)
        {
            if (problem.Status == StatusCodes.Status401Unauthorized) http.Response.Headers.WWWAuthenticate = "Bearer";
            await problem.WriteAsync(http).ConfigureAwait(false);
            return;
        }

        await ProblemResponse.AnswerAsync(http, next).ConfigureAwait(false);
    }

    private ProblemResponse? Refuse(HttpRequest request)
    {
        if (!_hosts.Contains(request.Host.Host))
            return new(StatusCodes.Status403Forbidden, "foreign_host", $"Studio is not reached under the host '{request.Host.Host}'. Allow it in StudioOptions.AllowedHosts.");
        if (request.Headers.Origin is { Count: > 0 } origins && !origins.All(origin => IsOwn(origin, request)))
            return new(StatusCodes.Status403Forbidden, "foreign_origin", "Pages of other sites may not use Studio.");
        if (_authToken is not null && !IsAuthorized(request))
            return new(StatusCodes.Status401Unauthorized, "token_required", "Studio wants a token here: open the address that it printed when it started, or send it as bearer token.");
        return IsRead(request) || !IsFromBrowser(request) || Matches(request.Headers[PageTokenHeader], _pageToken)
            ? null
            : new(StatusCodes.Status403Forbidden, "page_token_required", "Writes from a browser carry the page's token. Reload the page.");
    }

    /// <summary>Takes the token out of the page's address, into a cookie that scripts cannot read.</summary>
    private bool TryEnter(HttpContext http)
    {
        if (_authToken is null || !HttpMethods.IsGet(http.Request.Method) || http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)) return false;
        if (!_hosts.Contains(http.Request.Host.Host) || http.Request.Query[TokenQuery] is not [{ } given] || !Matches(given, _authToken)) return false;
        http.Response.Cookies.Append(AuthCookie, given, new()
        {
            HttpOnly = true,
            IsEssential = true,
            Path = "/",
            SameSite = SameSiteMode.Strict,
            Secure = http.Request.IsHttps,
        });
        http.Response.Redirect(http.Request.PathBase + http.Request.Path);
        return true;
    }

    private bool IsAuthorized(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        if (Matches(request.Cookies[AuthCookie], _authToken!)) return true;
        return request.Headers.Authorization is [{ } header]
            && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && Matches(header[Scheme.Length..].Trim(), _authToken!);
    }

    private static bool IsOwn(string? origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    /// <summary>Browsers say where a request that writes comes from; other programs have no reason to.</summary>
    private static bool IsFromBrowser(HttpRequest request) => request.Headers.Origin.Count > 0 || request.Headers.ContainsKey("Sec-Fetch-Site");

    private static bool Matches(string? given, byte[] digest) =>
        !string.IsNullOrEmpty(given) && CryptographicOperations.FixedTimeEquals(Digest(given), digest);

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
