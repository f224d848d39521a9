using System.Diagnostics;
using System.Globalization;

namespace Sluice.Evals.Tests.Artifacts;

/// <summary>A real file system with little space, which can be given more. Only where this process may mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly bool _isMounted;

    public SmallDisk(int kilobytes)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Only Linux has file systems in memory that a test can mount.");
        _isMounted = Run("mount", "-t", "tmpfs", "-o", Size(kilobytes), "tmpfs", Root);
        if (_isMounted) return;
        _folder.Dispose();
        Assert.Skip("This process may not mount a file system.");
    }

    public string Root => _folder.Root;

    public void Grow(int kilobytes) => Run("mount", "-o", $"remount,{Size(kilobytes)}", Root).ShouldBeTrue();

    public void Dispose()
    {
        Run("umount", Root).ShouldBeTrue();
        _folder.Dispose();
    }

    private static string Size(int kilobytes) => $"size={kilobytes.ToString(CultureInfo.InvariantCulture)}k";

    private static bool Run(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
