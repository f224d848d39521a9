using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Sluice.Studio.Errors;

namespace Sluice.Studio.Security;

/// <summary>Decides about every request before anything reads it: who may reach Studio, and from which pages.</summary>
/// <remarks>
/// That a server listens on this machine alone keeps no web page out: pages of other sites can send requests here, and with a name that
/// is made to point here (DNS rebinding) also read the answers.
/// </remarks>
internal sealed class RequestGuard
{
    private const string PageTokenHeader = "X-Sluice-Page-Token";
    private const string TokenQuery = "token";

    private static readonly string[] OwnHosts = ["localhost", "127.0.0.1", "[::1]"];

    private readonly HashSet<string> _hosts;
    private readonly bool _takesAnyAddress;
    private readonly byte[]? _authToken;
    private readonly byte[] _pageToken;

    public RequestGuard(StudioOptions options)
    {
        _hosts = new(((IEnumerable<string>)[.. OwnHosts, options.Host, .. options.AllowedHosts]).Select(Canonical), StringComparer.OrdinalIgnoreCase);
        _takesAnyAddress = options.AuthToken is not null && IPAddress.TryParse(options.Host, out var address)
            && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
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

        await ErrorBoundary.AnswerAsync(http, next).ConfigureAwait(false);
    }

    private ProblemResponse? Refuse(HttpRequest request)
    {
        if (!IsKnown(request.Host))
            return new(StatusCodes.Status403Forbidden, "foreign_host", $"Studio is not reached under the host '{request.Host.Host}'. Allow it in StudioOptions.AllowedHosts.");
        if ((request.Headers.Origin is { Count: > 0 } origins && !origins.All(origin => IsOwn(origin, request))) || IsMadeByAnotherSite(request))
            return new(StatusCodes.Status403Forbidden, "foreign_origin", "Pages of other sites may not use Studio.");
        if (_authToken is not null && !IsAuthorized(request))
            return new(StatusCodes.Status401Unauthorized, "token_required", "Studio wants its token here: open the page with ?token=… once, or send it as bearer token.");
        return IsRead(request) || !IsFromBrowser(request) || Matches(request.Headers[PageTokenHeader], _pageToken)
            ? null
            : new(StatusCodes.Status403Forbidden, "page_token_required", "Writes from a browser carry the page's token. Reload the page.");
    }

    /// <summary>Takes the token out of the page's address, into a cookie that scripts cannot read.</summary>
    private bool TryEnter(HttpContext http)
    {
        var request = http.Request;
        if (_authToken is null || !HttpMethods.IsGet(request.Method) || request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)) return false;
        if (!IsKnown(request.Host) || request.Query[TokenQuery] is not [{ } given] || !Matches(given, _authToken)) return false;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Cookies.Append(CookieOf(request), given, new()
        {
            HttpOnly = true,
            IsEssential = true,
            Path = "/",
            SameSite = SameSiteMode.Strict,
            Secure = request.IsHttps,
        });
        var rest = request.Query.Where(part => part.Key != TokenQuery).SelectMany(part => part.Value, (part, value) => KeyValuePair.Create(part.Key, value));
        // A path that begins with two slashes would lead to another host.
        http.Response.Redirect(QueryHelpers.AddQueryString($"/{(request.PathBase + request.Path).ToUriComponent().TrimStart('/')}", rest));
        return true;
    }

    private bool IsAuthorized(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        if (Matches(request.Cookies[CookieOf(request)], _authToken!)) return true;
        return request.Headers.Authorization is [{ } header]
            && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && Matches(header[Scheme.Length..].Trim(), _authToken!);
    }

    /// <summary>Names can be made to point here, addresses cannot: where Studio listens on all of them, any may be named.</summary>
    private bool IsKnown(HostString host) =>
        _hosts.Contains(Canonical(host.Host)) || (_takesAnyAddress && IPAddress.TryParse(host.Host.Trim('[', ']'), out _));

    /// <summary>One form for each of the ways to write a host: an address without brackets, a name without the dot at its end.</summary>
    private static string Canonical(string host) => IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address.ToString() : host.TrimEnd('.');

    /// <summary>Cookies do not tell ports apart, and a machine may have several Studios.</summary>
    private static string CookieOf(HttpRequest request) => string.Create(CultureInfo.InvariantCulture, $"sluice-studio-{request.Host.Port ?? 0}");

    private static bool IsOwn(string? origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);

    /// <summary>Browsers send some reads of other sites' pages without their origin, such as those of images. A link that is followed is none of them.</summary>
    private static bool IsMadeByAnotherSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none") && !(IsRead(request) && request.Headers["Sec-Fetch-Mode"] == "navigate");

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    /// <summary>Browsers say where a request that writes comes from; other programs have no reason to.</summary>
    private static bool IsFromBrowser(HttpRequest request) => request.Headers.Origin.Count > 0 || request.Headers.ContainsKey("Sec-Fetch-Site");

    private static bool Matches(string? given, byte[] digest) =>
        !string.IsNullOrEmpty(given) && CryptographicOperations.FixedTimeEquals(Digest(given), digest);

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
