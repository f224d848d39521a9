using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Anthropic.Http;

namespace Sluice.Anthropic.Responses;

/// <summary>Turns the events of one answer into updates.</summary>
internal sealed class AnswerAssembler(MessagesEndpoint endpoint)
{
    private readonly List<OpenBlock> _open = new(1);
    private readonly UsageReader _usage = new();
    private string? _id;
    private string? _model;
    private ChatFinishReason? _finishReason;

    /// <summary>Whether the API has said that the answer is whole.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Takes an event. Null: there is nothing to pass on.</summary>
    /// <param name="name">The event's name; <c>message</c> when it has none, and then its data says.</param>
    /// <param name="data">Its data.</param>
    public ChatResponseUpdate? Read(string name, ReadOnlySpan<byte> data)
    {
        switch (name)
        {
            case "error":
                throw ErrorOf(data);
            case "message" or "message_start" or "message_delta" or "message_stop":
            case "content_block_start" or "content_block_delta" or "content_block_stop":
                return Read(data);
            default:
                return null;
        }
    }

    /// <summary>Takes a whole message, as the events it would have been sent in.</summary>
    public ChatResponseUpdate ReadMessage(ReadOnlySpan<byte> json)
    {
        if (ApiError.Read(json) is not null) throw ErrorOf(json);
        Start(json);
        List<AIContent> contents = [];
        var reader = new Utf8JsonReader(json);
        JsonMembers.Start(ref reader);
        while (JsonMembers.Next(ref reader))
        {
            if (reader.ValueTextEquals("content"u8)) ReadBlocks(ref reader, json, contents);
            else if (reader.ValueTextEquals("stop_reason"u8)) _finishReason = FinishReasons.Of(JsonMembers.Text(ref reader));
            else JsonMembers.Skip(ref reader);
        }

        if (_id is null) throw new JsonException("It has no id.");
        return Complete(contents);
    }

    private ChatResponseUpdate? Read(ReadOnlySpan<byte> data)
    {
        var members = EventMembers.Read(data);
        if (members.Type.SequenceEqual("content_block_delta"u8)) return Pass(Block(members.Index).Add(members.Delta));
        if (members.Type.SequenceEqual("content_block_start"u8)) return Pass(StartBlock(members.Index, members.ContentBlock));
        if (members.Type.SequenceEqual("content_block_stop"u8)) return Pass(StopBlock(members.Index));
        if (members.Type.SequenceEqual("message_start"u8)) Start(members.Message);
        else if (members.Type.SequenceEqual("message_delta"u8)) Change(members.Delta, members.Usage);
        else if (members.Type.SequenceEqual("message_stop"u8)) return Stop();
        else if (members.Type.SequenceEqual("error"u8)) throw ErrorOf(data);
        return null;
    }

    private void Start(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        JsonMembers.Start(ref reader);
        while (JsonMembers.Next(ref reader))
        {
            if (reader.ValueTextEquals("id"u8)) _id = JsonMembers.Text(ref reader);
            else if (reader.ValueTextEquals("model"u8)) _model = JsonMembers.Text(ref reader);
            else if (reader.ValueTextEquals("usage"u8)) _usage.Read(JsonMembers.Raw(ref reader, message));
            else JsonMembers.Skip(ref reader);
        }
    }

    private AIContent? StartBlock(int index, ReadOnlySpan<byte> json)
    {
        if (Find(index) is not null) throw new JsonException($"It begins block {index} a second time.");
        var block = OpenBlock.Start(index, json);
        _open.Add(block);
        return block.Begin();
    }

    private AIContent? StopBlock(int index)
    {
        var block = Block(index);
        _open.Remove(block);
        return block.Stop();
    }

    private void Change(ReadOnlySpan<byte> delta, ReadOnlySpan<byte> usage)
    {
        _usage.Read(usage);
        if (delta.IsEmpty) return;
        var reader = new Utf8JsonReader(delta);
        JsonMembers.Start(ref reader);
        while (JsonMembers.Next(ref reader))
        {
            if (reader.ValueTextEquals("stop_reason"u8)) _finishReason = FinishReasons.Of(JsonMembers.Text(ref reader)) ?? _finishReason;
            else JsonMembers.Skip(ref reader);
        }
    }

    private ChatResponseUpdate Stop()
    {
        if (_open.Count > 0) throw new JsonException($"It ends within block {_open[0].Index}.");
        return Complete([]);
    }

    private ChatResponseUpdate Complete(List<AIContent> contents)
    {
        IsComplete = true;
        if (_usage.ToContent() is { } usage) contents.Add(usage);
        var update = Update(contents);
        update.FinishReason = _finishReason;
        return update;
    }

    private ChatResponseUpdate? Pass(AIContent? content) => content is null ? null : Update([content]);

    private ChatResponseUpdate Update(IList<AIContent> contents) =>
        new(ChatRole.Assistant, contents) { ModelId = _model, ResponseId = _id, MessageId = _id };

    private static void ReadBlocks(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, List<AIContent> contents)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("Its content is no list.");
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var block = OpenBlock.Start(index, json[start..(int)reader.BytesConsumed]);
            if (block.Begin() is { } text) contents.Add(text);
            if (block.Stop() is { } whole) contents.Add(whole);
        }
    }

    private OpenBlock Block(int index) => Find(index) ?? throw new JsonException($"It goes on with block {index}, which has not begun.");

    private OpenBlock? Find(int index)
    {
        foreach (var block in _open)
        {
            if (block.Index == index) return block;
        }

        return null;
    }

    private ProviderException ErrorOf(ReadOnlySpan<byte> data)
    {
        var error = ApiError.Read(data) ?? new("error", "It gives no reason.", null);
        var request = error.RequestId is null ? "" : $" (request {error.RequestId})";
        return new(
            error.Code, endpoint.Secrets.Remove($"Anthropic at {endpoint.Place} broke its answer off ({error.Type}): {error.Message}{request}"));
    }
}
