namespace Sluice;

/// <summary>A prompt rendered from layers in a fixed order: the same text, byte for byte, on every run and machine.</summary>
public sealed record LayeredPrompt
{
    /// <summary>The rendered text.</summary>
    public required string Text { get; init; }

    /// <summary>SHA-256, in hex, of the UTF-8 text. A change in any layer changes it.</summary>
    public required string CacheKey { get; init; }

    /// <summary>The text alone.</summary>
    public static implicit operator string(LayeredPrompt prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return prompt.Text;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
