using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Sluice.Studio.Hosting;

/// <summary>The answer to a request that began something which goes on by itself.</summary>
internal sealed class Accepted<T>(T value) : IResult, IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status202Accepted, typeof(T), ["application/json"]));

    public Task ExecuteAsync(HttpContext httpContext) => Answer<T>.WriteAsync(httpContext, value, StatusCodes.Status202Accepted);
}
