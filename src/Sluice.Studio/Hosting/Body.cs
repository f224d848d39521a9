using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Sluice.Json;

namespace Sluice.Studio.Hosting;

/// <summary>The body of a request, read by Sluice's rules for JSON.</summary>
internal sealed record Body<T>(T Value) : IEndpointParameterMetadataProvider
{
    private const long MostBytes = 4 * 1024 * 1024;

    /// <summary>What nothing is done with is a mistake of whoever sent it, such as a name that is misspelt.</summary>
    private static readonly JsonSerializerOptions Strict = new(SluiceJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>Reads it.</summary>
    /// <exception cref="BadHttpRequestException">It is no JSON, too large, or does not fit.</exception>
    public static async ValueTask<Body<T>?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        if (!http.Request.HasJsonContentType()) throw new BadHttpRequestException("The body is to be application/json.", StatusCodes.Status415UnsupportedMediaType);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostBytes;
        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(http.Request.Body, Strict, http.RequestAborted).ConfigureAwait(false);
            return value is null ? throw new BadHttpRequestException("The body is null.") : new(value);
        }
        catch (JsonException exception)
        {
            throw new BadHttpRequestException("The body does not fit.", exception);
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
}
