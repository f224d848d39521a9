using Microsoft.Extensions.AI;

namespace Sluice.Anthropic.Responses;

/// <summary>What the API's stop reasons are in Microsoft.Extensions.AI.</summary>
internal static class FinishReasons
{
    public static ChatFinishReason? Of(string? stopReason) => stopReason switch
    {
        null => null,
        "end_turn" or "stop_sequence" => ChatFinishReason.Stop,
        "tool_use" => ChatFinishReason.ToolCalls,
        "max_tokens" or "model_context_window_exceeded" => ChatFinishReason.Length,
        "refusal" => ChatFinishReason.ContentFilter,
        _ => new ChatFinishReason(stopReason),
    };
}
