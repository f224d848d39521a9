using System.Text;
using System.Text.Json;

namespace Sluice.CrashTests.Ledgers;

/// <summary>
/// The world outside: a file of its own in which every effect is a line. It knows nothing of runs. One process at a time has it open, and a
/// line is on the disk before the effect counts as done.
/// </summary>
internal sealed class Ledger(string path)
{
    /// <summary>Called before and after an effect is written.</summary>
    public Action<string>? OnBoundary { get; init; }

    /// <summary>Does something, again and again if asked to.</summary>
    public void Add(LedgerLine line) => Write(line, isOnce: false);

    /// <summary>Does something unless it was done under the same key, as a system with idempotency keys does.</summary>
    public void AddOnce(LedgerLine line) => Write(line, isOnce: true);

    /// <summary>The effect under a key; null when there is none.</summary>
    public LedgerLine? Find(string key) => Read().FirstOrDefault(line => line.Kind == LedgerLineKind.Effect && line.Key == key);

    public IReadOnlyList<LedgerLine> Read()
    {
        using var file = OpenAlone();
        return Parse(file);
    }

    private void Write(LedgerLine line, bool isOnce)
    {
        if (line.Kind == LedgerLineKind.Effect) OnBoundary?.Invoke($"before effect {line.Step}");
        using (var file = OpenAlone())
        {
            if (!isOnce || !Parse(file).Any(other => other.Kind == line.Kind && other.Key == line.Key))
            {
                file.Seek(0, SeekOrigin.End);
                file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(line) + "\n"));
                file.Flush(flushToDisk: true);
            }
        }

        if (line.Kind == LedgerLineKind.Effect) OnBoundary?.Invoke($"after effect {line.Step}");
    }

    private static List<LedgerLine> Parse(FileStream file)
    {
        file.Seek(0, SeekOrigin.Begin);
        using var reader = new StreamReader(file, leaveOpen: true);
        var lines = new List<LedgerLine>();
        while (reader.ReadLine() is { } line) lines.Add(JsonSerializer.Deserialize<LedgerLine>(line)!);
        return lines;
    }

    /// <summary>The lock is the kernel's and goes with the process.</summary>
    private FileStream OpenAlone()
    {
        while (true)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException) when (File.Exists(path))
            {
                Thread.Yield();
            }
        }
    }
}
