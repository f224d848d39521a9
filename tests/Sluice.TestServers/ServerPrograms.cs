using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Sluice.TestServers;

/// <summary>Finds and runs the programs of servers.</summary>
internal static class ServerPrograms
{
    /// <summary>A program on the PATH or in a folder of its own; null when there is none.</summary>
    public static string? Find(string name, IEnumerable<string> otherFolders) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(otherFolders)
            .Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Whom to run servers as, since they refuse to run as root; null when we are not root.</summary>
    public static string? OrdinaryUser()
    {
        if (!Environment.IsPrivilegedProcess || OperatingSystem.IsWindows()) return null;
        return File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";
    }

    /// <summary>A loopback port that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Runs a program to its end, as another user when one is named.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message is what it wrote.</exception>
    public static async Task<string> RunAsync(string? user, string program, params IEnumerable<string> arguments)
    {
        string[] command = user is null ? [program, .. arguments] : ["runuser", "-u", user, "--", program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"'{string.Join(' ', command)}' ended with {process.ExitCode}: {await output}{await error}");
    }
}
