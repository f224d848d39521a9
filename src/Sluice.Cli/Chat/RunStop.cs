namespace Sluice.Cli.Chat;

/// <summary>Ctrl+C while a run goes on: the first cancels it; where that takes long, the second leaves it in its store.</summary>
internal sealed class RunStop(AgentRuntime runtime, ChatScreen screen, string runId, Action leave)
{
    private int _presses;

    public void Press()
    {
        switch (Interlocked.Increment(ref _presses))
        {
            case 1:
                screen.Line("Cancelling the run; Ctrl+C again leaves it in its store.", screen.Ink.Faint);
                _ = CancelAsync();
                break;
            case 2:
                leave();
                break;
        }
    }

    private async Task CancelAsync()
    {
        try
        {
            await runtime.CancelAsync(runId);
        }
        catch (SluiceException exception)
        {
            screen.Line($"{exception.Message} ({exception.Code})", screen.Ink.Bad);
        }
    }
}
