namespace Sluice.Cli.Chat;

/// <summary>The tool calls of a conversation in the order in which they were made, numbered from 1.</summary>
internal sealed class ToolCalls
{
    private readonly List<ShownCall> _calls = [];

    public int Count => _calls.Count;

    /// <summary>The call of this number; null: there is none.</summary>
    public ShownCall? Find(int number) => number >= 1 && number <= _calls.Count ? _calls[number - 1] : null;

    /// <summary>The call that an event is of, which is noted when it begins.</summary>
    public ShownCall Hear(ToolInvocationEvent happened)
    {
        // Two agents may give their calls the same ids.
        var call = happened.State == InvocationState.Call ? null : _calls.FindLast(known =>
            known.Result is null && known.Call.RunId == happened.RunId
            && known.Call.ToolInvocationId == happened.ToolInvocationId && known.Call.ParentToolUseId == happened.ParentToolUseId);
        if (call is null) _calls.Add(call = new(_calls.Count + 1, happened, DepthOf(happened)));
        if (happened.State == InvocationState.Result) call.Result = happened;
        return call;
    }

    /// <summary>How many calls of other agents an event is inside of.</summary>
    public int DepthOf(RuntimeEvent happened)
    {
        if (happened.ParentToolUseId is null) return 0;
        var opened = _calls.FindLast(known => known.Call.RunId == happened.RunId && known.Call.ToolInvocationId == happened.ParentToolUseId && known.CalledAgent == happened.Agent);
        return opened is null ? 1 : opened.Depth + 1;
    }
}
