using System.Security.Cryptography;
using System.Text;

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

    /// <summary>Renders layers as sections with headings, in a fixed order.</summary>
    /// <param name="layers">The layers; empty ones are left out.</param>
    /// <exception cref="NotSupportedException">A layer holds an object without a JSON form.</exception>
    public static LayeredPrompt Render(PromptLayers layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        (string Heading, object? Layer)[] sections =
        [
            ("Identity", layers.Identity),
            ("Communication", layers.Communication),
            ("Operational rules", layers.OperationalRules),
            ("Tools", layers.Tools),
            ("Domain knowledge", layers.DomainKnowledge),
            ("Safety", layers.Safety),
            ("Output format", layers.OutputFormat),
            ("Examples", layers.Examples),
        ];
        var text = string.Join(
            "\n\n",
            sections.Select(section => (section.Heading, Body: PromptLayer.Render(section.Layer)))
                .Where(section => section.Body.Length > 0)
                .Select(section => $"# {section.Heading}\n\n{section.Body}"));
        return new() { Text = text, CacheKey = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))) };
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
