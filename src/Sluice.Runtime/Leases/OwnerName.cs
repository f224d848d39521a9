using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Runtime.Leases;

/// <summary>
/// Names a runtime as an owner of leases: <c>machine/process/started/random</c>. From the name of another owner on this machine it can be
/// told whether its process is gone, so that a restart after a crash need not wait until the lease expires.
/// </summary>
internal static class OwnerName
{
    private static readonly string Machine = HashOfMachine();

    /// <summary>A new name for a runtime of this process.</summary>
    public static string Create() =>
        $"{Machine}/{Environment.ProcessId}/{StartOf(Environment.ProcessId) ?? 0}/{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    /// <summary>Whether an owner's process is surely gone. An owner on another machine, or one that cannot be looked at, is not.</summary>
    public static bool IsGone(string owner)
    {
        var parts = owner.Split('/');
        if (parts.Length != 4 || parts[0] != Machine) return false;
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var processId)) return false;
        if (!long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var started) || started == 0) return false;
        try
        {
            using var process = Process.GetProcessById(processId);
            // A process id is given out again: only one that began at the same moment is the same process.
            return IsDead(processId) || (StartOf(processId) is { } start && start != started);
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    /// <summary>When a process began, in clock ticks since the machine did; null where that cannot be read.</summary>
    private static long? StartOf(int processId) =>
        StatusOf(processId) is [_, .., var start] && long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) ? ticks : null;

    /// <summary>A process that was killed stays in the table until its parent has asked for it.</summary>
    private static bool IsDead(int processId) => StatusOf(processId) is ["Z" or "X", ..];

    /// <summary>State and start of a process, the fields 3 and 22 of <c>/proc/[pid]/stat</c> (proc(5)); null where there is no such file.</summary>
    private static string[]? StatusOf(int processId)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{processId}/stat");
            // The name, in parentheses, may hold anything.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return [fields[0], fields[19]];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Process ids mean something within one boot and one process namespace: containers of one machine are machines of their own.</summary>
    private static string HashOfMachine()
    {
        var identity = $"{Environment.MachineName}\n{ReadBootId()}\n{new FileInfo("/proc/self/ns/pid").LinkTarget}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, 6));
    }

    private static string ReadBootId()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
