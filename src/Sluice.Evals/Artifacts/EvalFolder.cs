using System.Text;

namespace Sluice.Evals.Artifacts;

/// <summary>The files of an eval's folder. What goes wrong with them is told by code, and with the way out.</summary>
internal static class EvalFolder
{
    // The codes of the operating system that .NET gives on: Linux, macOS and Windows.
    private static readonly HashSet<int> NoSpace = [28, 27, 122, 69, unchecked((int)0x80070070), unchecked((int)0x80070027)];
    private static readonly HashSet<int> Held = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Opens or creates a file for this process alone, and its folder where that is missing.</summary>
    public static FileStream Open(string folder, string name)
    {
        var path = Path.Combine(Path.GetFullPath(folder), name);
        return Do(path, () =>
        {
            Directory.CreateDirectory(folder);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        });
    }

    public static bool BeginsWith(FileStream file, string text)
    {
        var length = (int)Math.Min(file.Length, text.Length);
        return Encoding.ASCII.GetString(Read(file, 0, length)) == text[..length];
    }

    public static byte[] Read(FileStream file, long offset, int length)
    {
        var bytes = new byte[length];
        return Do(file.Name, () =>
        {
            for (var done = 0; done < length;)
            {
                var read = RandomAccess.Read(file.SafeFileHandle, bytes.AsSpan(done), offset + done);
                done += read > 0 ? read : throw new EndOfStreamException($"It ends at {offset + done}: somebody cut it off.");
            }

            return bytes;
        });
    }

    /// <summary>Writes at the end; what could not be written whole is taken back.</summary>
    public static void Append(FileStream file, long end, byte[] bytes)
    {
        try
        {
            Do(file.Name, () =>
            {
                RandomAccess.Write(file.SafeFileHandle, bytes, end);
                return true;
            });
        }
        catch (SluiceException)
        {
            try
            {
                file.SetLength(end);
            }
            catch (IOException)
            {
                // A torn last line is cut off when the eval goes on.
            }

            throw;
        }
    }

    public static void Truncate(FileStream file, long length) => Do(file.Name, () =>
    {
        if (file.Length > length) file.SetLength(length);
        return true;
    });

    /// <summary>Does something with a file.</summary>
    /// <exception cref="SluiceException"><c>store_busy</c>, <c>store_full</c> or <c>store_unavailable</c>.</exception>
    public static T Do<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ToFailure(path, exception);
        }
    }

    /// <summary>What a failure of the file system means.</summary>
    public static SluiceException ToFailure(string path, Exception exception) => exception switch
    {
        IOException held when Held.Contains(held.HResult) => new(
            ErrorCodes.StoreBusy, $"Another process runs the eval of '{path}'. Wait until it has ended, or use another folder.", exception),
        IOException full when NoSpace.Contains(full.HResult) => new(
            ErrorCodes.StoreFull, $"There is no space left for '{path}'. Free some and go on with the same folder: what ended before is kept.", exception),
        _ => new(ErrorCodes.StoreUnavailable, $"'{path}' cannot be read or written. {exception.Message}", exception),
    };
}
