namespace Sluice.Cli.Output;

/// <summary>Files that are complete or not there.</summary>
internal static class WholeFile
{
    private static readonly string[] Devices = ["/dev/", "/proc/"];

    /// <summary>Writes beside the file and renames at the end, so that neither a full disk nor an interruption leaves half a file or harms an old one.</summary>
    public static async Task<T> WriteAsync<T>(string path, Func<Stream, Task<T>> write)
    {
        // Devices and pipes are written to; to put a file in their place would be the end of them.
        if (Array.Exists(Devices, start => path.StartsWith(start, StringComparison.Ordinal)))
        {
            await using var device = new FileStream(path, FileMode.Open, FileAccess.Write);
            return await write(device);
        }

        var target = TargetOf(path);
        var folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder)) throw new IOException($"'{path}' cannot be written: there is no folder '{folder}'.");
        var temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Environment.ProcessId}.tmp");
        try
        {
            T result;
            await using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous))
            {
                // Who may not read the old file may not read the new one, not even while it is written.
                if (File.Exists(target) && !OperatingSystem.IsWindows()) File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target));
                result = await write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
            return result;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new IOException($"'{path}' cannot be written: {exception.Message}", exception);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>A link stays a link: what it leads to is replaced.</summary>
    private static string TargetOf(string path)
    {
        var file = new FileInfo(path);
        return (file.LinkTarget is null ? null : file.ResolveLinkTarget(returnFinalTarget: true)?.FullName) ?? file.FullName;
    }
}
