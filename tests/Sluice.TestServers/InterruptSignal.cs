namespace Sluice.TestServers;

/// <summary>The signal SIGINT, which Ctrl+C sends.</summary>
public static class InterruptSignal
{
    private const int Number = 2;

    /// <summary>Why it cannot be tried; null when it can. A shell may have its background jobs ignore it, which their children inherit.</summary>
    public static string? MissingReason { get; } = OperatingSystem.IsWindows() ? "Signals are sent the way of Unix."
        : OperatingSystem.IsLinux() && File.ReadLines("/proc/self/status").Any(IgnoresIt)
            ? "The tests were started in the background by a shell that has its jobs ignore interrupts. Start them in the foreground." : null;

    private static bool IgnoresIt(string line) =>
        line.StartsWith("SigIgn:", StringComparison.Ordinal) && (Convert.ToUInt64(line[7..].Trim(), 16) & (1UL << (Number - 1))) != 0;
}
