using Microsoft.Extensions.AI;

namespace Sluice.Anthropic.Requests;

/// <summary>What a message held when it was written, by reference: tells cheaply whether it holds something else now.</summary>
internal readonly struct ContentSnapshot
{
    private const int PerContent = 3;

    private readonly object?[] _references;
    private readonly ChatRole _role;

    public ContentSnapshot(ChatMessage message)
    {
        var contents = message.Contents;
        _role = message.Role;
        _references = new object?[contents.Count * PerContent];
        for (var index = 0; index < contents.Count; index++)
        {
            var content = contents[index];
            _references[index * PerContent] = content;
            (_references[(index * PerContent) + 1], _references[(index * PerContent) + 2]) = PartsOf(content);
        }
    }

    public bool IsOf(ChatMessage message)
    {
        var contents = message.Contents;
        if (contents.Count * PerContent != _references.Length || message.Role != _role) return false;
        for (var index = 0; index < contents.Count; index++)
        {
            var content = contents[index];
            if (!ReferenceEquals(content, _references[index * PerContent])) return false;
            var (first, second) = PartsOf(content);
            if (!ReferenceEquals(first, _references[(index * PerContent) + 1])) return false;
            if (!ReferenceEquals(second, _references[(index * PerContent) + 2])) return false;
        }

        return true;
    }

    private static (object? First, object? Second) PartsOf(AIContent content) => content switch
    {
        TextContent text => (text.Text, null),
        TextReasoningContent reasoning => (reasoning.Text, reasoning.ProtectedData),
        FunctionCallContent call => (call.RawRepresentation, call.Arguments),
        FunctionResultContent result => (result.Result, result.Exception),
        UriContent uri => (uri.Uri, uri.MediaType),
        _ => (null, null),
    };
}
