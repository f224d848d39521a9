using Microsoft.Extensions.AI;

namespace Sluice.Anthropic.Requests;

/// <summary>A message as the API takes it, kept with the message so that it is written once. It does not change.</summary>
internal sealed class WrittenMessage
{
    private readonly ContentSnapshot _snapshot;

    private WrittenMessage(ContentSnapshot snapshot, WrittenRole role, ReadOnlyMemory<byte> json, int breakpoint) =>
        (_snapshot, Role, Json, Breakpoint) = (snapshot, role, json, breakpoint);

    public WrittenRole Role { get; }

    /// <summary>The message; of a system message its blocks, with commas between them. Empty when it holds nothing that is sent.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>Where in the JSON a cache breakpoint goes: before the end of its last block that takes one. Below 0: there is none.</summary>
    public int Breakpoint { get; }

    public static WrittenMessage Of(ChatMessage message)
    {
        if (message.RawRepresentation is WrittenMessage kept && kept._snapshot.IsOf(message)) return kept;
        var written = Write(message);
        if (message.RawRepresentation is null or WrittenMessage) message.RawRepresentation = written;
        return written;
    }

    private static WrittenMessage Write(ChatMessage message)
    {
        // Before the writing: a change in between is then seen the next time.
        var snapshot = new ContentSnapshot(message);
        var role = RoleOf(message.Role);
        var buffer = JsonBuffer.Rent();
        if (role != WrittenRole.System)
        {
            buffer.Json.WriteStartObject();
            buffer.Json.WriteString("role"u8, role == WrittenRole.User ? "user"u8 : "assistant"u8);
            buffer.Json.WritePropertyName("content"u8);
        }

        buffer.Json.WriteStartArray();
        var start = buffer.Position;
        var breakpoint = WriteBlocks(buffer, message);
        var isEmpty = buffer.Position == start;
        buffer.Json.WriteEndArray();
        if (role != WrittenRole.System) buffer.Json.WriteEndObject();
        ReadOnlyMemory<byte> json = buffer.ToArrayAndReturn();
        if (isEmpty) return new(snapshot, role, default, -1);
        return role == WrittenRole.System ? new(snapshot, role, json[1..^1], breakpoint - 1) : new(snapshot, role, json, breakpoint);
    }

    private static int WriteBlocks(JsonBuffer buffer, ChatMessage message)
    {
        var breakpoint = -1;
        var contents = message.Contents;
        for (var index = 0; index < contents.Count; index++)
        {
            if (ContentBlocks.Write(buffer.Json, contents[index]) && contents[index] is not TextReasoningContent) breakpoint = buffer.Position - 1;
        }

        return breakpoint;
    }

    private static WrittenRole RoleOf(ChatRole role)
    {
        if (role == ChatRole.User || role == ChatRole.Tool) return WrittenRole.User;
        if (role == ChatRole.Assistant) return WrittenRole.Assistant;
        if (role == ChatRole.System) return WrittenRole.System;
        throw Unsendable.Of($"a message with the role '{role.Value}'");
    }
}
