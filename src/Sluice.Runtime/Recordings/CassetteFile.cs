namespace Sluice.Runtime.Recordings;

/// <summary>
/// Opens a cassette under the lock of the operating system: one writer and no reader at a time, over all processes of the machine. Nobody
/// holds it for longer than a line takes.
/// </summary>
internal static class CassetteFile
{
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    /// <summary>Opens or creates the file for one append.</summary>
    /// <exception cref="IOException">The file cannot be opened, or is held by somebody else all the time.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written, or the path is a folder.</exception>
    public static async Task<FileStream> OpenToAppendAsync(string path)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException exception) when (IsHeld(exception) && TimeProvider.System.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(Pause, TimeProvider.System).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads the whole file, between two appends of others.</summary>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or the path is a folder.</exception>
    public static byte[] ReadAll(string path)
    {
        var started = TimeProvider.System.GetTimestamp();
        var wait = default(SpinWait);
        while (true)
        {
            try
            {
                return File.ReadAllBytes(path);
            }
            catch (IOException exception) when (IsHeld(exception) && TimeProvider.System.GetElapsedTime(started) < Patience)
            {
                wait.SpinOnce();
            }
        }
    }

    private static bool IsHeld(IOException exception) =>
        exception.HResult is WindowsSharingViolation or LinuxWouldBlock or MacWouldBlock;
}
