using Microsoft.Extensions.AI;

namespace Sluice.Anthropic.Requests;

/// <summary>Puts a request together from pieces that are written already. The cost of a turn grows with the history only by its bytes.</summary>
internal sealed class RequestComposer(AnthropicChatClientOptions defaults)
{
    private const int KeptHeads = 16;

    private static readonly ReadOnlyMemory<byte> SystemStart = ",\"system\":["u8.ToArray();
    private static readonly ReadOnlyMemory<byte> MessagesStart = ",\"messages\":["u8.ToArray();
    private static readonly ReadOnlyMemory<byte> ArrayEnd = "]"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> End = "]}"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Comma = ","u8.ToArray();

    private readonly RequestHead?[] _heads = new RequestHead?[KeptHeads];
    private int _nextHead;

    public RequestBody Compose(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var head = HeadOf(options);
        var conversation = new Conversation(messages);
        if (conversation.Messages.Count == 0) throw new ArgumentException("There is no message with content to send.", nameof(messages));
        var body = new RequestBody((conversation.Messages.Count * 2) + 12);
        body.Add(head.Json);
        AddSystem(body, conversation.SystemMessages, head.Instructions);
        AddMessages(body, conversation);
        return body;
    }

    private void AddSystem(RequestBody body, List<WrittenMessage> system, ReadOnlyMemory<byte> instructions)
    {
        if (system.Count == 0 && instructions.IsEmpty) return;
        body.Add(SystemStart);
        for (var index = 0; index < system.Count; index++)
        {
            if (index > 0) body.Add(Comma);
            Add(body, system[index].Json, system[index].Breakpoint, instructions.IsEmpty && index == system.Count - 1);
        }

        if (!instructions.IsEmpty)
        {
            if (system.Count > 0) body.Add(Comma);
            Add(body, instructions, instructions.Length - 1, isBreakpoint: true);
        }

        body.Add(ArrayEnd);
    }

    private void AddMessages(RequestBody body, Conversation conversation)
    {
        body.Add(MessagesStart);
        for (var index = 0; index < conversation.Messages.Count; index++)
        {
            if (index > 0) body.Add(Comma);
            var message = conversation.Messages[index];
            Add(body, message.Json, message.Breakpoint, conversation.IsBreakpoint(index));
        }

        body.Add(End);
    }

    private void Add(RequestBody body, ReadOnlyMemory<byte> json, int breakpoint, bool isBreakpoint)
    {
        if (!isBreakpoint || breakpoint < 0 || !defaults.UsePromptCaching)
        {
            body.Add(json);
            return;
        }

        body.Add(json[..breakpoint]);
        body.Add(CacheControl.Member);
        body.Add(json[breakpoint..]);
    }

    private RequestHead HeadOf(ChatOptions? options)
    {
        foreach (var kept in _heads)
        {
            if (kept is null) break;
            if (kept.IsOf(options)) return kept;
        }

        var head = new RequestHead(options, defaults);
        _heads[(Interlocked.Increment(ref _nextHead) - 1) & (KeptHeads - 1)] = head;
        return head;
    }
}
