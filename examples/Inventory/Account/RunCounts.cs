namespace Inventory.Account;

/// <summary>Counts what happens in runs.</summary>
internal sealed class RunCounts
{
    public int Events { get; private set; }

    public int Turns { get; private set; }

    public int ToolCalls { get; private set; }

    public void Add(RuntimeEvent e)
    {
        Events++;
        if (e is StepStartEvent) Turns++;
        if (e is ToolInvocationEvent { State: InvocationState.Call }) ToolCalls++;
    }

    public override string ToString() => $"{Events} events, {Turns} model turns, {ToolCalls} tool calls";
}
