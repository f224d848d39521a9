using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Sluice.Studio.Page;

/// <summary>The page: one document for every route that is the page's own, and its files.</summary>
internal sealed class PageEndpoints(PageFiles files)
{
    /// <summary>What the build writes before every address in the document, in whose place comes the path at which Studio is mapped.</summary>
    private const string BuiltBase = "\"./";

    private const string Forever = "public, max-age=31536000, immutable";
    private const string AskEveryTime = "no-cache";

    private const string NotBuilt = """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>Studio</title></head>
        <body style="font: 15px/1.6 system-ui, sans-serif; max-width: 40em; margin: 4em auto; padding: 0 1em">
        <main>
        <h1>Studio's page is not part of this build</h1>
        <p>The API is served. The page is built with Node.js 20.19 or newer; in the folder of the sources:</p>
        <pre>cd studio
        npm ci
        npm run build
        cd ..
        dotnet build src/Sluice.Studio</pre>
        <p>The packages of Sluice always have it.</p>
        </main>
        </body>
        </html>
        """;

    private static readonly string[] Reads = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the page. What no route of the page's is stays not found, in the API above all.</summary>
    public void Map(RouteGroupBuilder group, string prefix)
    {
        var start = prefix.TrimEnd('/') + "/";
        Add(group, "/", http => WriteDocumentAsync(http, start));
        Add(group, "/w/{**path}", http => WriteDocumentAsync(http, start));
        Add(group, "/assets/{file}", http => WriteFileAsync(http, $"assets/{http.Request.RouteValues["file"]}", Forever));
        Add(group, "/theme.js", http => WriteFileAsync(http, "theme.js", AskEveryTime));
        Add(group, "/icon.svg", http => WriteFileAsync(http, "icon.svg", AskEveryTime));
    }

    private static void Add(RouteGroupBuilder group, string pattern, RequestDelegate handler) =>
        group.MapMethods(pattern, Reads, handler).ExcludeFromDescription();

    private Task WriteDocumentAsync(HttpContext http, string start)
    {
        http.Response.Headers.CacheControl = AskEveryTime;
        http.Response.ContentType = "text/html; charset=utf-8";
        if (files.Find(PageFiles.Index) is not { } index) return http.Response.WriteAsync(NotBuilt, http.RequestAborted);
        var html = Encoding.UTF8.GetString(index.Content).Replace(BuiltBase, $"\"{http.Request.PathBase}{start}", StringComparison.Ordinal);
        return http.Response.WriteAsync(html, http.RequestAborted);
    }

    private async Task WriteFileAsync(HttpContext http, string path, string caching)
    {
        if (files.Find(path) is not { } file)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var headers = http.Response.Headers;
        headers.CacheControl = caching;
        headers.ETag = file.ETag;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (http.Request.Headers.IfNoneMatch.Contains(file.ETag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var (content, encoding) = Choose(http.Request, file);
        if (encoding is not null) headers.ContentEncoding = encoding;
        http.Response.ContentType = file.ContentType;
        http.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.Body.WriteAsync(content, http.RequestAborted).ConfigureAwait(false);
    }

    private static (byte[] Content, string? Encoding) Choose(HttpRequest request, PageFile file)
    {
        if (file.Brotli is not null && Accepts(request, "br")) return (file.Brotli, "br");
        if (file.Gzip is not null && Accepts(request, "gzip")) return (file.Gzip, "gzip");
        return (file.Content, null);
    }

    private static bool Accepts(HttpRequest request, string encoding) =>
        request.GetTypedHeaders().AcceptEncoding.Any(accepted => accepted.Value == encoding && accepted.Quality is not 0);
}
