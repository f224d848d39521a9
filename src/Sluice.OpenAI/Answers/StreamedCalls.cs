using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace Sluice.OpenAI.Answers;

/// <summary>Puts tool calls together from their pieces, in the order in which they began.</summary>
internal sealed class StreamedCalls
{
    private readonly List<Call> _calls = [];

    public bool HasOneWithoutId => _calls.Exists(call => call.Id.Length == 0);

    public void Add(StreamingChatToolCallUpdate piece)
    {
        var arguments = piece.FunctionArgumentsUpdate is { } update ? update.ToString() : "";
        var call = _calls.FindLast(known => known.Index == piece.Index);
        if (call is null || Begins(piece, arguments, call)) _calls.Add(call = new(piece.Index));
        if (call.Id.Length == 0) call.Id = piece.ToolCallId ?? "";
        if (call.Name.Length == 0) call.Name = piece.FunctionName ?? "";
        call.Arguments.Append(arguments);
    }

    public List<AIContent> Build()
    {
        var contents = new List<AIContent>(_calls.Count + 1);
        for (var number = 0; number < _calls.Count; number++) contents.Add(ToContent(_calls[number], number));
        return contents;
    }

    /// <summary>Whether a piece is of another call than the last one of its index: some servers give every call the index 0.</summary>
    private static bool Begins(StreamingChatToolCallUpdate piece, string arguments, Call last)
    {
        if (!string.IsNullOrEmpty(piece.ToolCallId) && last.Id.Length > 0) return piece.ToolCallId != last.Id;
        return !string.IsNullOrEmpty(piece.FunctionName) && last.Name.Length > 0 && arguments.Length > 0 && TryParse(last.Arguments.ToString(), out _) is null;
    }

    private static FunctionCallContent ToContent(Call call, int number)
    {
        var id = call.Id.Length > 0 ? call.Id : $"call_{number + 1}";
        var text = call.Arguments.ToString();
        var broken = TryParse(string.IsNullOrWhiteSpace(text) ? "{}" : text, out var arguments);
        if (broken is not null) return new(id, call.Name) { Exception = broken };
        return new(id, call.Name, ToDictionary(arguments)) { RawRepresentation = arguments };
    }

    private static JsonException? TryParse(string text, out JsonElement value)
    {
        try
        {
            value = JsonElement.Parse(text);
            return null;
        }
        catch (JsonException exception)
        {
            value = default;
            return exception;
        }
    }

    private static Dictionary<string, object?>? ToDictionary(JsonElement arguments)
    {
        if (arguments.ValueKind != JsonValueKind.Object) return null;
        var dictionary = new Dictionary<string, object?>(arguments.GetPropertyCount(), StringComparer.Ordinal);
        foreach (var member in arguments.EnumerateObject()) dictionary[member.Name] = member.Value;
        return dictionary;
    }

    private sealed class Call(int index)
    {
        public int Index { get; } = index;

        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public StringBuilder Arguments { get; } = new();
    }
}
