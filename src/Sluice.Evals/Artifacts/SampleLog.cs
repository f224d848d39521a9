using System.Text.Json;

namespace Sluice.Evals.Artifacts;

/// <summary>
/// The samples of an eval as they ended, in the file <c>samples.ndjson</c> of its folder: a header, then one result a line. One process at a
/// time; what one that was killed left of a line is cut off.
/// </summary>
internal sealed class SampleLog : IDisposable
{
    public const string FileName = "samples.ndjson";
    private const string HeaderStart = "{\"version\":";

    private readonly Lock _gate = new();
    private readonly FileStream _file;
    private readonly SampleIndex _index;
    private long _end;

    private SampleLog(FileStream file, SampleIndex index) => (_file, _index) = (file, index);

    /// <summary>The header of the eval in the folder.</summary>
    public EvalHeader Header { get; private set; } = null!;

    /// <summary>Opens the eval in a folder to go on with it, or begins it there.</summary>
    /// <param name="folder">The folder; it need not be there.</param>
    /// <param name="header">The eval that is wanted.</param>
    /// <param name="isIdGiven">Whether it has to have the header's id.</param>
    /// <param name="dataset">Its cases.</param>
    /// <param name="kept">Called with every result that is there already, in order, also with those that later ones replace.</param>
    /// <exception cref="SpecValidationException">The folder holds another eval.</exception>
    /// <exception cref="SluiceException">The folder is in use (<c>store_busy</c>), cannot be written, or holds no samples of an eval (<c>invalid_artifact</c>).</exception>
    public static SampleLog Open(string folder, EvalHeader header, bool isIdGiven, EvalDataset dataset, Action<SampleResult> kept)
    {
        var log = new SampleLog(EvalFolder.Open(folder, FileName), new(dataset, header.Config.SamplesPerCase));
        try
        {
            log.Load(header, isIdGiven, kept);
            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>What is known of a sample.</summary>
    public SampleState StateOf(int caseIndex, int sample)
    {
        lock (_gate) return _index[caseIndex, sample].State;
    }

    /// <summary>Keeps a result. It is with the operating system when this returns.</summary>
    /// <exception cref="SluiceException">It cannot be written (<c>store_full</c>, <c>store_unavailable</c>); what was kept before stays.</exception>
    public void Append(SampleResult result)
    {
        var line = ToLine(result);
        lock (_gate)
        {
            var offset = _end;
            Write(line);
            Note(result, offset, line.Length - 1);
        }
    }

    /// <summary>The line of a sample; empty when it has none.</summary>
    public ReadOnlyMemory<byte> ReadLine(int caseIndex, int sample)
    {
        var place = _index[caseIndex, sample];
        return EvalFolder.Read(_file, place.Offset, place.Length);
    }

    /// <summary>The result of a sample that has one.</summary>
    public SampleResult Read(int caseIndex, int sample) => JsonSerializer.Deserialize<SampleResult>(ReadLine(caseIndex, sample).Span, EvalJson.Options)!;

    public void Dispose() => _file.Dispose();

    private void Load(EvalHeader header, bool isIdGiven, Action<SampleResult> kept)
    {
        var lines = new SampleLines(_file);
        if (EvalFolder.Do(_file.Name, lines.Next) is not { } first)
        {
            Begin(header);
            return;
        }

        Header = ReadHeader(first.Span);
        if (Header.FindDifferences(header, isIdGiven) is { Count: > 0 } differences)
            throw new SpecValidationException(differences, ErrorCodes.InvalidEval);
        for (var (number, begin) = (2, lines.Position); EvalFolder.Do(_file.Name, lines.Next) is { } line; number++, begin = lines.Position)
        {
            var result = ReadLine<SampleResult>(line.Span, number);
            if (!Note(result, begin, line.Length))
                throw Broken(number, $"There is no sample {result.Sample} of case '{result.CaseId}' in this eval.");
            kept(result);
        }

        _end = lines.Position;
        EvalFolder.Truncate(_file, _end);
    }

    private void Begin(EvalHeader header)
    {
        // A whole line is never missing where an eval was, and what begins otherwise is somebody else's.
        if (!EvalFolder.BeginsWith(_file, HeaderStart)) throw Broken(1, "It does not begin as one.");
        EvalFolder.Truncate(_file, 0);
        Header = header;
        Write(ToLine(header));
    }

    private bool Note(SampleResult result, long offset, int length)
    {
        if (_index.Find(result) is not (>= 0 and var caseIndex)) return false;
        _index[caseIndex, result.Sample] = new(offset, length, StateOf(result));
        return true;
    }

    private static SampleState StateOf(SampleResult result) => result.Scores switch
    {
        null => SampleState.Errored,
        { Status: ScoreStatus.Scored } => SampleState.Scored,
        _ => SampleState.Unjudged,
    };

    private void Write(byte[] line)
    {
        EvalFolder.Append(_file, _end, line);
        _end += line.Length;
    }

    private static byte[] ToLine<T>(T value) => [.. JsonSerializer.SerializeToUtf8Bytes(value, EvalJson.Options), (byte)'\n'];

    private EvalHeader ReadHeader(ReadOnlySpan<byte> line)
    {
        ArtifactVersion.Check(line, _file.Name);
        return ReadLine<EvalHeader>(line, 1);
    }

    private T ReadLine<T>(ReadOnlySpan<byte> line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, EvalJson.Options) ?? throw Broken(number, "It is null.");
        }
        catch (JsonException exception)
        {
            throw Broken(number, exception.Message);
        }
    }

    private SluiceException Broken(int line, string problem) =>
        new(ErrorCodes.InvalidArtifact, $"'{_file.Name}', line {line}, is no record of an eval: {problem} Use another folder.");
}
