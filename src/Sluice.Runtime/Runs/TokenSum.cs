using System.Runtime.InteropServices;

namespace Sluice.Runtime.Runs;

/// <summary>Tokens that are still being added up. Mutable: never copy it.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct TokenSum
{
    private long _input;
    private long _output;
    private long _cacheRead;
    private long _cacheWrite;
    private long _reasoning;

    /// <summary>Input and output together.</summary>
    public readonly long Tokens => _input + _output;

    public void Add(TokenUsage usage)
    {
        _input += usage.InputTokens;
        _output += usage.OutputTokens;
        _cacheRead += usage.CacheReadTokens;
        _cacheWrite += usage.CacheWriteTokens;
        _reasoning += usage.ReasoningTokens;
    }

    public readonly TokenUsage ToUsage() => new()
    {
        InputTokens = _input,
        OutputTokens = _output,
        CacheReadTokens = _cacheRead,
        CacheWriteTokens = _cacheWrite,
        ReasoningTokens = _reasoning,
    };
}
