namespace Sluice.CrashTests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("sluice-crash-").FullName;
    private int _folders;

    /// <summary>Makes a folder in it.</summary>
    public string CreateFolder() => Directory.CreateDirectory(Path.Combine(_path, $"life-{Interlocked.Increment(ref _folders)}")).FullName;

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
