using System.Runtime.InteropServices;

namespace Sluice.CrashTests.Kills;

/// <summary>Signals to processes, by their Linux numbers.</summary>
internal static class Signal
{
    /// <summary>Reaches nobody.</summary>
    public const int None = 0;

    public const int Kill = 9;

    public const int Continue = 18;

    public const int Stop = 19;

    public static void Send(int processId, int signal)
    {
        if (SendSignal(processId, signal) != 0) throw new InvalidOperationException($"Process {processId} does not take signal {signal}.");
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);
}
