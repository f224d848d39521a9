using Sluice.Testing;

namespace Sluice.Runtime.Tests.Runs;

internal static class Suspension
{
    /// <summary>Moves the clock until a run that waits for a person has left memory.</summary>
    /// <remarks>A run notes that it waits only after it has asked, so one step of the clock may come too early.</remarks>
    public static async Task SuspendAsync(this RunHandle run, ManualTimeProvider time)
    {
        while (!run.Completion.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(61));
            await Task.Yield();
        }
    }
}
