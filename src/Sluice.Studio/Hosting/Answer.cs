using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Sluice.Json;

namespace Sluice.Studio.Hosting;

/// <summary>A value as the body of an answer, in the JSON form that Sluice has everywhere, whatever the host's own settings are.</summary>
internal sealed class Answer<T>(T value) : IResult, IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));

    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, value, StatusCodes.Status200OK);

    internal static Task WriteAsync(HttpContext http, T value, int status)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(value, SluiceJson.Options, http.RequestAborted);
    }
}
