namespace Sluice.Bench.Measuring;

/// <summary>The managed heap.</summary>
internal static class Memory
{
    /// <summary>What is alive, in bytes.</summary>
    public static long Live()
    {
        Collect();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    public static void Collect()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
    }
}
