using System.Text.Json;

namespace Sluice.Evals.Artifacts;

/// <summary>Reads the samples of an eval that nobody runs now, and leaves their file as it is.</summary>
internal static class SampleFile
{
    /// <summary>The last result of each sample, in the order in which they ended; none when the eval has not begun.</summary>
    public static IReadOnlyList<SampleResult> Read(string folder)
    {
        var path = Path.Combine(Path.GetFullPath(folder), SampleLog.FileName);
        return EvalFolder.Do<IReadOnlyList<SampleResult>>(path, () =>
        {
            if (!File.Exists(path)) return [];
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return ReadLines(file);
        });
    }

    private static List<SampleResult> ReadLines(FileStream file)
    {
        var lines = new SampleLines(file);
        if (lines.Next() is not { } header) return [];
        ArtifactVersion.Check(header.Span, file.Name);
        var results = new OrderedDictionary<(string CaseId, int Sample), SampleResult>();
        for (var number = 2; lines.Next() is { } line; number++)
        {
            var result = Parse(line.Span, file.Name, number);
            results[(result.CaseId, result.Sample)] = result;
        }

        return [.. results.Values];
    }

    private static SampleResult Parse(ReadOnlySpan<byte> line, string name, int number)
    {
        try
        {
            if (JsonSerializer.Deserialize<SampleResult>(line, EvalJson.Options) is { } result) return result;
            throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            throw new SluiceException(ErrorCodes.InvalidArtifact, $"'{name}', line {number}, is no record of an eval: {exception.Message}", exception);
        }
    }
}
