namespace Inventory.Data;

/// <summary>
/// Lets one process at a time build a file. The operating system frees the lock when its holder dies; the empty lock file stays,
/// since deleting it could let two waiting processes in at once.
/// </summary>
internal static class BuildLock
{
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolationOnWindows = unchecked((int)0x80070020);

    private static readonly TimeSpan RetryEvery = TimeSpan.FromMilliseconds(100);

    public static async Task<FileStream> AcquireAsync(string databasePath, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return new FileStream(databasePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.HResult is WouldBlockOnLinux or WouldBlockOnMac or SharingViolationOnWindows)
            {
                await Task.Delay(RetryEvery, TimeProvider.System, cancellationToken);
            }
        }
    }
}
