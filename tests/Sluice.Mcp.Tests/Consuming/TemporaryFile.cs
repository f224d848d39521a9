namespace Sluice.Mcp.Tests.Consuming;

/// <summary>A name for a file that goes with the test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"sluice-mcp-{Guid.NewGuid():N}");

    public IReadOnlyList<string> Lines => File.Exists(Path) ? File.ReadAllLines(Path) : [];

    public void Dispose() => File.Delete(Path);
}
