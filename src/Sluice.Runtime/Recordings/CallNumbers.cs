using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Recordings;

/// <summary>Gives the tool calls of a request the ids <c>call-1</c>, <c>call-2</c>, …, since providers make up other ones in every run.</summary>
internal sealed class CallNumbers
{
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>The id of a call, or of the call that a result answers.</summary>
    public string? Of(AIContent content) => content switch
    {
        // An id is unique in its turn only: a later call of the same id is another one.
        FunctionCallContent call => _ids[call.CallId] = $"call-{++_count}",
        FunctionResultContent result => _ids.GetValueOrDefault(result.CallId, result.CallId),
        _ => null,
    };
}
