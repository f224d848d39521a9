using System.Text.Json;

namespace Sluice.Runtime.Recordings;

/// <summary>Reads a cassette line by line. Every line is checked, so that a broken one is found when the runtime is created.</summary>
internal sealed class CassetteReader
{
    private readonly string _path;
    private readonly List<RecordedAnswer> _answers = [];
    private readonly Dictionary<string, CassetteDefinition> _definitions = new(StringComparer.Ordinal);
    private bool _hasHeader;
    private int? _tornLine;

    private CassetteReader(string path) => _path = path;

    /// <summary>Reads a file.</summary>
    /// <exception cref="SluiceException"><c>invalid_cassette</c>: the file cannot be read, is of another version, or has a broken line.</exception>
    public static Cassette Read(string path)
    {
        try
        {
            return new CassetteReader(path).Read(CassetteFile.ReadAll(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SluiceException(ErrorCodes.InvalidCassette, $"The recording '{path}' cannot be read. {exception.Message}", exception);
        }
    }

    private Cassette Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
        for (var number = 1; !bytes.IsEmpty; number++)
        {
            var length = bytes.IndexOf((byte)'\n');
            var line = length < 0 ? bytes : bytes[..length];
            bytes = length < 0 ? default : bytes[(length + 1)..];
            if (line.IndexOfAnyExcept((byte)' ', (byte)'\r') >= 0) ReadLine(line, number, isWhole: length >= 0);
        }

        return new() { Path = _path, Answers = _answers, Definitions = _definitions, TornLine = _tornLine, HasHeader = _hasHeader };
    }

    private void ReadLine(ReadOnlySpan<byte> line, int number, bool isWhole)
    {
        try
        {
            Take(JsonElement.Parse(line, CassetteLines.Reading), number);
        }
        catch (JsonException) when (!isWhole)
        {
            // A process that was killed while it wrote leaves this behind; the answer that it was about is not recorded.
            _tornLine = number;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or NotSupportedException)
        {
            throw Invalid(number, exception.Message, exception);
        }
    }

    private void Take(JsonElement line, int number)
    {
        if (line.ValueKind != JsonValueKind.Object) throw new JsonException("A line is a JSON object.");
        if (!_hasHeader) TakeHeader(line, number);
        else if (PartJson.OptionalTextOf(line, "define") is { } hash) _definitions.TryAdd(hash, DefinitionOf(line, hash));
        else if (PartJson.OptionalTextOf(line, "key") is { } key) _answers.Add(AnswerOf(line, number, key));
        else throw new JsonException("A line has a \"key\" with a \"request\" and its \"answer\", or a \"define\".");
    }

    private void TakeHeader(JsonElement line, int number)
    {
        if (PartJson.OptionalTextOf(line, "format") != CassetteLines.Format || !line.TryGetProperty("version", out var version))
            throw Invalid(number, $"The first line of a recording is {{\"format\":\"{CassetteLines.Format}\",\"version\":{CassetteLines.Version}}}.", null);
        if (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var given) || given != CassetteLines.Version)
            throw Invalid(number, $"It is of version {version.GetRawText()}; this build reads version {CassetteLines.Version}. Record it again.", null);
        _hasHeader = true;
    }

    private CassetteDefinition DefinitionOf(JsonElement line, string hash)
    {
        if (line.TryGetProperty(CassetteDefinition.Tools, out var tools) && tools.ValueKind == JsonValueKind.Array)
            return new(hash, CassetteDefinition.Tools, tools, null);
        if (!line.TryGetProperty(CassetteDefinition.Message, out var message) || message.ValueKind != JsonValueKind.Object)
            throw new JsonException("A \"define\" has a \"message\" or \"tools\".");
        var after = PartJson.OptionalTextOf(line, "after");
        if (after is not null) Require(after, CassetteDefinition.Message);
        return new(hash, CassetteDefinition.Message, message, after);
    }

    private void Require(string hash, string name)
    {
        if (!_definitions.TryGetValue(hash, out var definition) || definition.Name != name)
            throw new JsonException($"It refers to {name} \"{hash}\", which no line above defines.");
    }

    private RecordedAnswer AnswerOf(JsonElement line, int number, string key)
    {
        if (!line.TryGetProperty("request", out var request) || request.ValueKind != JsonValueKind.Object)
            throw new JsonException("There is no \"request\".");
        if (!line.TryGetProperty("answer", out var answer)) throw new JsonException("There is no \"answer\".");
        var recorded = new RecordedAnswer(number, key, request, answer);
        if (recorded.LastMessage.Length > 0) Require(recorded.LastMessage, CassetteDefinition.Message);
        if (recorded.Tools is not null) Require(recorded.Tools, CassetteDefinition.Tools);
        _ = CassetteAnswer.Read(answer);
        return recorded;
    }

    private SluiceException Invalid(int line, string reason, Exception? exception) =>
        new(ErrorCodes.InvalidCassette, $"The recording '{_path}' cannot be used: line {line} is broken. {reason}", exception);
}
