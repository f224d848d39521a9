using System.Text;

namespace Sluice.Runtime.Tests.Recordings;

/// <summary>A place for a cassette, gone with its folder.</summary>
internal sealed class CassettePath : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-cassette-");

    public string File => Path.Combine(_folder.FullName, "job.jsonl");

    public IReadOnlyList<string> Lines => System.IO.File.ReadAllLines(File);

    public string Text => Encoding.UTF8.GetString(System.IO.File.ReadAllBytes(File));

    /// <summary>The lines with an answer.</summary>
    public IReadOnlyList<string> Answers => [.. Lines.Where(line => line.StartsWith("{\"key\"", StringComparison.Ordinal))];

    public void Write(string text) => System.IO.File.WriteAllText(File, text);

    public void Dispose() => _folder.Delete(recursive: true);
}
