namespace Sluice.Studio.Page;

/// <summary>A file of the built page.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="ETag">A text that is another one whenever the content is.</param>
/// <param name="Content">It as it is.</param>
/// <param name="Brotli">It compressed with Brotli; null: it is not worth it.</param>
/// <param name="Gzip">It compressed with gzip; null: it is not worth it.</param>
internal sealed record PageFile(string ContentType, string ETag, byte[] Content, byte[]? Brotli, byte[]? Gzip);
