namespace Sluice.Runtime.Runs;

/// <summary>
/// Tells a store that is away or full from everything else that can go wrong: it says nothing about the step that met it, so the run is
/// left as it is recorded and can be resumed.
/// </summary>
internal static class StoreFailure
{
    public static bool Is(Exception exception) =>
        exception is SluiceException { Code: ErrorCodes.StoreUnavailable or ErrorCodes.StoreBusy or ErrorCodes.StoreFull };
}
