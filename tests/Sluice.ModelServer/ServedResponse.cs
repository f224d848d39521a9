namespace Sluice.ModelServer;

/// <summary>An answer in bytes, and how they are sent.</summary>
public sealed record ServedResponse
{
    /// <summary>The HTTP status. Default: 200.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The media type.</summary>
    public required string ContentType { get; init; }

    /// <summary>Headers beside it. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The body.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>How it is sent. Default: whole, at once.</summary>
    public ServedPace Pace { get; init; } = new();
}
