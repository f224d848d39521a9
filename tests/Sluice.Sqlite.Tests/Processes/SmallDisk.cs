using System.Diagnostics;

namespace Sluice.Sqlite.Tests.Processes;

/// <summary>A file system of a few megabytes, mounted for one test.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-disk-").FullName;

    private SmallDisk()
    {
    }

    public string StorePath => Path.Combine(_folder, "sluice.db");

    private string FillerPath => Path.Combine(_folder, "filler");

    /// <summary>Skips the test where mounting is not possible.</summary>
    public static SmallDisk Mount(int megabytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A small disk is mounted the way of Linux.");
        var disk = new SmallDisk();
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk._folder)) return disk;
        Directory.Delete(disk._folder);
        Assert.Skip("Mounting a file system needs root.");
        return disk;
    }

    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", _folder).ShouldBeTrue();

    /// <summary>Takes all the space that is left.</summary>
    public void Fill()
    {
        using var filler = new FileStream(FillerPath, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true) filler.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Free() => File.Delete(FillerPath);

    public void Dispose()
    {
        Run("umount", _folder).ShouldBeTrue();
        Directory.Delete(_folder);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
