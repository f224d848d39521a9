using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Mcp.Consuming;

/// <summary>How far a server says a call is.</summary>
internal readonly record struct ServerProgress(double? Done, double? Total, string? Message)
{
    private const int LabelLength = 200;
    private const int MaxPhases = 1_000_000;

    /// <summary>Reads a notification's parameters; false: they are none.</summary>
    public static bool TryRead(JsonNode? parameters, out string token, out ServerProgress progress)
    {
        (token, progress) = ("", default);
        if (parameters is not JsonObject members || members["progressToken"] is not JsonValue written || !written.TryGetValue(out token!)) return false;
        progress = new(Number(members["progress"]), Number(members["total"]), Text(members["message"]));
        return true;
    }

    public ToolProgress ToToolProgress() => new()
    {
        Label = string.IsNullOrWhiteSpace(Message) ? Total is null ? $"{Done}" : $"{Done} of {Total}" : ServerText.Line(Message, LabelLength),
        PhaseIndex = Whole(Done),
        TotalPhases = Whole(Done) is null ? null : Whole(Total),
    };

    private static double? Number(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out double number) ? number : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static int? Whole(double? number) => number is >= 0 and <= MaxPhases && Math.Floor(number.Value) == number ? (int)number : null;
}
