namespace Sluice;

/// <summary>What went wrong, as data: for a model, an event, an HTTP answer or a person.</summary>
public sealed record ErrorInfo
{
    /// <summary>Stable snake_case code; the known ones are in <see cref="ErrorCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>A full sentence: what was wrong, where, and what to do.</summary>
    public required string Message { get; init; }

    /// <summary>Whether the same request may succeed when it is sent again unchanged.</summary>
    public bool Retryable { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Code}: {Message}";
}
