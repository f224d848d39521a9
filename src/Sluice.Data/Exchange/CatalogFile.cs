using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Sluice.Data.Exchange;

/// <summary>The lines of a file, which can be read more than once.</summary>
internal sealed class CatalogFile : IAsyncDisposable
{
    /// <summary>The most bytes of one line: 16 MiB.</summary>
    public const int MostLineBytes = 16 * 1024 * 1024;

    private const int ReadBytes = 64 * 1024;
    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];
    private readonly Stream _stream;
    private readonly long _start;
    private readonly bool _isOurs;

    private CatalogFile(Stream stream, long start, bool isOurs) => (_stream, _start, _isOurs) = (stream, start, isOurs);

    public static async Task<CatalogFile> OpenAsync(Stream input, CancellationToken cancellationToken)
    {
        if (input.CanSeek) return new(input, input.Position, isOurs: false);
        // Made so that nobody else can read it: what entries say of the data may be confidential.
        var copy = new FileStream(
            Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, ReadBytes, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        try
        {
            await input.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
            return new(copy, start: 0, isOurs: true);
        }
        catch
        {
            // Whatever the reason, the copy is nobody's.
            await copy.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The lines from the first on, without their ends. One that is longer than <see cref="MostLineBytes"/> comes as null and is the last.</summary>
    public async IAsyncEnumerable<byte[]?> ReadLinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _stream.Position = _start;
        var reader = PipeReader.Create(_stream, new(bufferSize: ReadBytes, leaveOpen: true));
        var isFirst = true;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                yield return LineOf(rest.Slice(0, end), isFirst);
                rest = rest.Slice(rest.GetPosition(1, end));
                isFirst = false;
            }

            var isTooLong = rest.Length > MostLineBytes;
            if (isTooLong) yield return null;
            else if (read.IsCompleted && rest.Length > 0) yield return LineOf(rest, isFirst);
            if (isTooLong || read.IsCompleted) break;
            reader.AdvanceTo(rest.Start, rest.End);
        }

        await reader.CompleteAsync().ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _isOurs ? _stream.DisposeAsync() : default;

    private static byte[] LineOf(ReadOnlySequence<byte> line, bool isFirst)
    {
        var bytes = line.ToArray().AsSpan();
        // Editors of some systems put a mark of their own before the first line, and another end behind each.
        if (isFirst && bytes.StartsWith(Mark)) bytes = bytes[Mark.Length..];
        return bytes.TrimEnd((byte)'\r').ToArray();
    }
}
