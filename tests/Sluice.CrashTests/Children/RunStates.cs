namespace Sluice.CrashTests.Children;

internal static class RunStates
{
    public static bool HasEnded(this RunState state) => state is RunState.Finished or RunState.Cancelled or RunState.Failed;
}
