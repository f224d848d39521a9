namespace Sluice.Studio.Docs;

/// <summary>The OpenAPI document of the API, as it was generated from the endpoints and checked in.</summary>
internal static class ApiDocument
{
    private static readonly Lazy<byte[]> Content = new(Read);

    /// <summary>The document, as JSON in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Json => Content.Value;

    private static byte[] Read()
    {
        using var resource = typeof(ApiDocument).Assembly.GetManifestResourceStream("openapi.json")!;
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
