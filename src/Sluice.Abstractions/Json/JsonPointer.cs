namespace Sluice.Json;

/// <summary>Writes and reads the segments of JSON Pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    /// <summary>The segment for a property name, with its leading slash.</summary>
    public static string Segment(string name) =>
        "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public static string Unescape(string segment) =>
        segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
