using System.Text.Json;

namespace Sluice.Evals.Artifacts;

/// <summary>The file of an artifact: written beside its place and moved there, so that a reader finds all of it or none.</summary>
internal static class ArtifactFile
{
    public const string FileName = "artifact.json";

    /// <summary>The artifact that a path names: a file, or the folder of an eval.</summary>
    public static string Resolve(string path) => Directory.Exists(path) ? Path.Combine(path, FileName) : path;

    public static async Task<EvalArtifact> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var place = Resolve(path);
        var bytes = await ReadAllAsync(place, cancellationToken).ConfigureAwait(false);
        try
        {
            ArtifactVersion.Check(bytes, place);
            return JsonSerializer.Deserialize<EvalArtifact>(bytes, EvalJson.Options)
                ?? throw new SluiceException(ErrorCodes.InvalidArtifact, $"'{place}' is no record of an eval: it is null.");
        }
        catch (JsonException exception)
        {
            throw new SluiceException(ErrorCodes.InvalidArtifact, $"'{place}' is no record of an eval: {exception.Message}", exception);
        }
    }

    /// <summary>Writes a file so that it is there as a whole or not at all.</summary>
    /// <exception cref="SluiceException"><c>store_full</c> or <c>store_unavailable</c>; a file that was there stays as it was.</exception>
    public static async Task WriteAsync(string path, Func<Utf8JsonWriter, ValueTask> write, CancellationToken cancellationToken)
    {
        var temporary = $"{path}.tmp";
        try
        {
            var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None);
            await using (file.ConfigureAwait(false))
            {
                var writer = new Utf8JsonWriter(file, new() { Encoder = EvalJson.Options.Encoder, MaxDepth = EvalJson.Options.MaxDepth });
                await using (writer.ConfigureAwait(false))
                {
                    await write(writer).ConfigureAwait(false);
                    await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception)
        {
            TryDelete(temporary);
            if (exception is IOException or UnauthorizedAccessException) throw EvalFolder.ToFailure(path, exception);
            throw;
        }
    }

    private static async Task<byte[]> ReadAllAsync(string place, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(place, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SluiceException(
                ErrorCodes.InvalidArtifact, $"There is no '{place}'. An eval that was interrupted has none; go on with its folder until it has ended.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw EvalFolder.ToFailure(place, exception);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is written anew the next time.
        }
    }
}
