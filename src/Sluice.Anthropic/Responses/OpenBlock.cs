using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Anthropic.Requests;

namespace Sluice.Anthropic.Responses;

/// <summary>A block of an answer between its start and its stop. Text goes on as it comes; a tool call and a signature only when they are whole.</summary>
internal sealed class OpenBlock
{
    private static readonly JsonElement NoArguments = JsonElement.Parse("{}");

    private readonly BlockKind _kind;
    private readonly string _id = "";
    private readonly string _name = "";
    private readonly byte[]? _input;
    private readonly string? _data;
    private string? _signature;
    private ArrayBufferWriter<byte>? _pieces;

    private OpenBlock(int index, ReadOnlySpan<byte> json)
    {
        Index = index;
        var reader = new Utf8JsonReader(json);
        JsonMembers.Start(ref reader);
        while (JsonMembers.Next(ref reader))
        {
            if (reader.ValueTextEquals("type"u8)) _kind = KindOf(JsonMembers.Name(ref reader));
            else if (reader.ValueTextEquals("text"u8) || reader.ValueTextEquals("thinking"u8)) StartText = JsonMembers.Text(ref reader);
            else if (reader.ValueTextEquals("signature"u8)) _signature = JsonMembers.Text(ref reader);
            else if (reader.ValueTextEquals("data"u8)) _data = JsonMembers.Text(ref reader);
            else if (reader.ValueTextEquals("id"u8)) _id = JsonMembers.Text(ref reader) ?? "";
            else if (reader.ValueTextEquals("name"u8)) _name = JsonMembers.Text(ref reader) ?? "";
            else if (reader.ValueTextEquals("input"u8)) _input = JsonMembers.Raw(ref reader, json).ToArray();
            else JsonMembers.Skip(ref reader);
        }
    }

    public int Index { get; }

    private string? StartText { get; }

    public static OpenBlock Start(int index, ReadOnlySpan<byte> json) => new(index, json);

    /// <summary>What can go on at once; null: nothing.</summary>
    public AIContent? Begin() => ToText(StartText);

    /// <summary>Takes a delta. A kind of delta or block that is not known is passed over.</summary>
    public AIContent? Add(ReadOnlySpan<byte> delta)
    {
        var reader = new Utf8JsonReader(delta);
        JsonMembers.Start(ref reader);
        AIContent? content = null;
        while (JsonMembers.Next(ref reader))
        {
            if (_kind == BlockKind.Text && reader.ValueTextEquals("text"u8)) content = ToText(JsonMembers.Text(ref reader));
            else if (_kind == BlockKind.Thinking && reader.ValueTextEquals("thinking"u8)) content = ToText(JsonMembers.Text(ref reader));
            else if (_kind == BlockKind.Thinking && reader.ValueTextEquals("signature"u8)) _signature += JsonMembers.Text(ref reader);
            else if (_kind == BlockKind.ToolUse && reader.ValueTextEquals("partial_json"u8)) AddPiece(ref reader);
            else JsonMembers.Skip(ref reader);
        }

        return content;
    }

    /// <summary>What the whole block comes to beside its text.</summary>
    public AIContent? Stop() => _kind switch
    {
        BlockKind.ToolUse => ToCall(),
        BlockKind.Thinking when !string.IsNullOrEmpty(_signature) => ReasoningBlocks.Signed(_signature),
        BlockKind.RedactedThinking when _data is not null => ReasoningBlocks.Redacted(_data),
        _ => null,
    };

    private static BlockKind KindOf(ReadOnlySpan<byte> type)
    {
        if (type.SequenceEqual("text"u8)) return BlockKind.Text;
        if (type.SequenceEqual("tool_use"u8)) return BlockKind.ToolUse;
        if (type.SequenceEqual("thinking"u8)) return BlockKind.Thinking;
        return type.SequenceEqual("redacted_thinking"u8) ? BlockKind.RedactedThinking : BlockKind.Unknown;
    }

    private AIContent? ToText(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return _kind switch
        {
            BlockKind.Text => new TextContent(text),
            BlockKind.Thinking => new TextReasoningContent(text),
            _ => null,
        };
    }

    private void AddPiece(ref Utf8JsonReader reader)
    {
        reader.Read();
        _pieces ??= new(256);
        _pieces.Advance(reader.CopyString(_pieces.GetSpan(Math.Max(reader.ValueSpan.Length, 1))));
    }

    private FunctionCallContent ToCall()
    {
        var json = _pieces is { WrittenCount: > 0 } ? _pieces.WrittenSpan : _input;
        try
        {
            var arguments = json.IsEmpty ? NoArguments : JsonElement.Parse(json);
            return new(_id, _name, ToDictionary(arguments)) { RawRepresentation = arguments };
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // The second is half a surrogate pair in a name, which the parser lets pass.
            return new(_id, _name) { Exception = malformed };
        }
    }

    private static Dictionary<string, object?>? ToDictionary(JsonElement arguments)
    {
        if (arguments.ValueKind != JsonValueKind.Object) return null;
        var dictionary = new Dictionary<string, object?>(arguments.GetPropertyCount(), StringComparer.Ordinal);
        foreach (var member in arguments.EnumerateObject()) dictionary[member.Name] = member.Value;
        return dictionary;
    }
}
