using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.Studio.Errors;

namespace Sluice.Studio.Docs;

/// <summary>What the API offers, for programs and for people.</summary>
internal static class DocsEndpoints
{
    private static readonly Lazy<string> Page = new(() => DocsPage.Write(ApiDocument.Json));

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/openapi.json", () => Results.Bytes(ApiDocument.Json, "application/json")).ExcludeFromDescription();
        api.MapGet("/docs", () => Results.Content(Page.Value, "text/html; charset=utf-8")).ExcludeFromDescription();
        api.MapFallback("/{**rest}", Unknown).ExcludeFromDescription();
    }

    /// <summary>Also where a body of another kind keeps an operation from being found.</summary>
    private static void Unknown(HttpRequest request) => throw (request.ContentType is not null && !request.HasJsonContentType()
        ? new BadHttpRequestException("A body is to be application/json.", StatusCodes.Status415UnsupportedMediaType)
        : new SluiceException(StudioErrorCodes.NotFound, $"The API has no {request.Method} {request.Path}. What it has is at /api/docs."));
}
