using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Models;

namespace Sluice.Anthropic.Responses;

/// <summary>The tokens of an answer. The counts of an event are totals, so a later one replaces an earlier one.</summary>
internal sealed class UsageReader
{
    private long? _input;
    private long? _cacheRead;
    private long? _cacheWrite;
    private long? _output;
    private long? _thinking;

    public void Read(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return;
        var reader = new Utf8JsonReader(json);
        JsonMembers.Start(ref reader);
        while (JsonMembers.Next(ref reader))
        {
            if (reader.ValueTextEquals("input_tokens"u8)) _input = JsonMembers.Count(ref reader) ?? _input;
            else if (reader.ValueTextEquals("output_tokens"u8)) _output = JsonMembers.Count(ref reader) ?? _output;
            else if (reader.ValueTextEquals("cache_read_input_tokens"u8)) _cacheRead = JsonMembers.Count(ref reader) ?? _cacheRead;
            else if (reader.ValueTextEquals("cache_creation_input_tokens"u8)) _cacheWrite = JsonMembers.Count(ref reader) ?? _cacheWrite;
            else if (reader.ValueTextEquals("output_tokens_details"u8)) ReadDetails(JsonMembers.Raw(ref reader, json));
            else JsonMembers.Skip(ref reader);
        }
    }

    /// <summary>The counts; null when the API gave none.</summary>
    public UsageContent? ToContent()
    {
        if (_input is null && _output is null) return null;
        var input = (_input ?? 0) + (_cacheRead ?? 0) + (_cacheWrite ?? 0);
        return new(new()
        {
            InputTokenCount = input,
            CachedInputTokenCount = _cacheRead,
            OutputTokenCount = _output,
            ReasoningTokenCount = _thinking,
            TotalTokenCount = input + (_output ?? 0),
            AdditionalCounts = _cacheWrite is > 0 ? new() { [UsageCounts.CacheWriteTokens] = _cacheWrite.Value } : null,
        });
    }

    private void ReadDetails(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return;
        var reader = new Utf8JsonReader(json);
        JsonMembers.Start(ref reader);
        while (JsonMembers.Next(ref reader))
        {
            if (reader.ValueTextEquals("thinking_tokens"u8)) _thinking = JsonMembers.Count(ref reader) ?? _thinking;
            else JsonMembers.Skip(ref reader);
        }
    }
}
