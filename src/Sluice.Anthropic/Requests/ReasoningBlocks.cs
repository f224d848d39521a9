using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.Anthropic.Requests;

/// <summary>
/// Reasoning as the API knows it again. Only a text and protected data outlive a journal, so the data says by its beginning which of the two
/// kinds of block it belongs to; a thinking block may have no text and yet a signature.
/// </summary>
internal static class ReasoningBlocks
{
    private const string ThinkingPrefix = "anthropic/thinking:";
    private const string RedactedPrefix = "anthropic/redacted_thinking:";

    public static TextReasoningContent Signed(string signature) => new("") { ProtectedData = ThinkingPrefix + signature };

    public static TextReasoningContent Redacted(string data) => new("") { ProtectedData = RedactedPrefix + data };

    /// <summary>Writes the block; nothing for reasoning that is not Anthropic's, which the API would refuse.</summary>
    public static bool Write(Utf8JsonWriter json, TextReasoningContent reasoning)
    {
        var data = reasoning.ProtectedData ?? "";
        var isThinking = data.StartsWith(ThinkingPrefix, StringComparison.Ordinal);
        if (!isThinking && !data.StartsWith(RedactedPrefix, StringComparison.Ordinal)) return false;
        json.WriteStartObject();
        if (isThinking)
        {
            json.WriteString("type"u8, "thinking"u8);
            json.WriteString("thinking"u8, reasoning.Text);
            json.WriteString("signature"u8, data.AsSpan(ThinkingPrefix.Length));
        }
        else
        {
            json.WriteString("type"u8, "redacted_thinking"u8);
            json.WriteString("data"u8, data.AsSpan(RedactedPrefix.Length));
        }

        json.WriteEndObject();
        return true;
    }
}
