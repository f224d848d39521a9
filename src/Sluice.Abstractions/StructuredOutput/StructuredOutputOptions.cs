using Microsoft.Extensions.AI;

namespace Sluice;

/// <summary>How a structured answer is asked for.</summary>
public sealed class StructuredOutputOptions
{
    /// <summary>The options of the calls, such as the model and the most tokens. Copied; the response format is set in the copy. Default: none.</summary>
    public ChatOptions? ChatOptions { get; init; }

    /// <summary>
    /// Whether the schema is sent as the response format. When false it stands in a system message, for clients without such a format. Default
    /// true.
    /// </summary>
    public bool UseResponseFormat { get; init; } = true;

    /// <summary>What the answer is called in the request. Null: the name of the type.</summary>
    public string? SchemaName { get; init; }

    /// <summary>What the answer is for, in the request. Null: nothing is said.</summary>
    public string? SchemaDescription { get; init; }

    /// <summary>Whether the model may correct an answer that is not valid, once. Default true.</summary>
    public bool AllowRepair { get; init; } = true;

    /// <summary>The longest answer that is read, in bytes of UTF-8; a longer one is not valid. At least 256, default 1 MiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set below 256.</exception>
    public int MaxAnswerBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 256);
            field = value;
        }
    } = 1024 * 1024;
}
