using Microsoft.Extensions.AI;

namespace Sluice.Anthropic.Requests;

/// <summary>The messages of a request as they are written, the system's apart from the others.</summary>
internal sealed class Conversation
{
    private readonly int _previousUser = -1;

    public Conversation(IEnumerable<ChatMessage> messages)
    {
        Messages = messages is IReadOnlyCollection<ChatMessage> known ? new(known.Count) : [];
        foreach (var message in messages)
        {
            var written = WrittenMessage.Of(message);
            if (!written.Json.IsEmpty) (written.Role == WrittenRole.System ? SystemMessages : Messages).Add(written);
        }

        for (var index = Messages.Count - 2; index >= 0 && _previousUser < 0; index--)
        {
            if (Messages[index].Role == WrittenRole.User) _previousUser = index;
        }
    }

    public List<WrittenMessage> SystemMessages { get; } = new(1);

    public List<WrittenMessage> Messages { get; }

    /// <summary>
    /// The last message is marked for the next request to hit, and the user message before it because that is where the last request was
    /// marked: the API looks only a limited number of blocks back for an earlier mark.
    /// </summary>
    public bool IsBreakpoint(int index) => index == Messages.Count - 1 || index == _previousUser;
}
