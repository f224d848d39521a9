using System.Buffers;
using System.Text.Json;

namespace Sluice.Runtime.Recordings;

/// <summary>
/// Appends answers to a cassette, each with one write under the file's lock. What a killed process left of a line is removed by the next append.
/// </summary>
/// <remarks>Appends of one writer follow each other; what is known of the file belongs to the one that is under way.</remarks>
internal sealed class CassetteWriter
{
    private const int ChunkLength = 64 * 1024;

    private readonly string _path;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _defined;
    private Task _last = Task.CompletedTask;

    /// <summary>Gets ready to append.</summary>
    /// <param name="path">The file; it need not be there.</param>
    /// <param name="existing">What it holds already; null when it is not there.</param>
    public CassetteWriter(string path, Cassette? existing)
    {
        _path = path;
        _defined = existing is null ? [] : [.. existing.Definitions.Keys];
    }

    /// <summary>Writes an answer. It is with the operating system when this completes.</summary>
    /// <exception cref="SluiceException"><c>invalid_cassette</c>: the file cannot be written.</exception>
    public Task AppendAsync(CassetteRequest request, JsonElement answer)
    {
        lock (_gate)
            return _last = AppendAfterAsync(_last, request, answer);
    }

    private async Task AppendAfterAsync(Task previous, CassetteRequest request, JsonElement answer)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            var stream = await CassetteFile.OpenToAppendAsync(_path).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                var isNew = await EndLastLineAsync(stream).ConfigureAwait(false);
                if (isNew) _defined.Clear();
                var definitions = request.Messages.Append(request.Tools).OfType<CassetteDefinition>()
                    .Where(definition => !_defined.Contains(definition.Hash)).DistinctBy(definition => definition.Hash).ToList();
                await stream.WriteAsync(Format(isNew, definitions, request, answer)).ConfigureAwait(false);
                foreach (var definition in definitions) _defined.Add(definition.Hash);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SluiceException(
                ErrorCodes.InvalidCassette,
                $"The answer could not be recorded: '{_path}' cannot be written. {exception.Message} Free the place or record elsewhere.", exception);
        }
    }

    private static ReadOnlyMemory<byte> Format(
        bool isNew, IReadOnlyList<CassetteDefinition> definitions, CassetteRequest request, JsonElement answer)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        if (isNew) CassetteLines.WriteHeader(output);
        foreach (var definition in definitions) CassetteLines.WriteDefinition(output, definition);
        CassetteLines.WriteAnswer(output, request, answer);
        return output.WrittenMemory;
    }

    /// <summary>Goes to the end of the last whole line and cuts off what follows it, unless that is a line too.</summary>
    /// <returns>Whether the file is empty.</returns>
    private static async Task<bool> EndLastLineAsync(FileStream stream)
    {
        var end = await EndOfLinesAsync(stream).ConfigureAwait(false);
        if (end < stream.Length)
        {
            var rest = new byte[stream.Length - end];
            stream.Position = end;
            await stream.ReadExactlyAsync(rest).ConfigureAwait(false);
            if (IsLine(rest)) await stream.WriteAsync("\n"u8.ToArray()).ConfigureAwait(false);
            else stream.SetLength(end);
        }

        stream.Position = stream.Length;
        return stream.Length == 0;
    }

    private static async Task<long> EndOfLinesAsync(FileStream stream)
    {
        // Nearly always the last byte ends a line.
        for (var (end, length) = (stream.Length, 1); end > 0; length = ChunkLength)
        {
            var start = Math.Max(0, end - length);
            stream.Position = start;
            var read = new byte[end - start];
            await stream.ReadExactlyAsync(read).ConfigureAwait(false);
            if (read.AsSpan().LastIndexOf((byte)'\n') is >= 0 and var at) return start + at + 1;
            end = start;
        }

        return 0;
    }

    private static bool IsLine(ReadOnlySpan<byte> rest)
    {
        try
        {
            return JsonElement.Parse(rest, CassetteLines.Reading).ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
