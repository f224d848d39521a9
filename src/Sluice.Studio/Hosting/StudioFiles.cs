using Sluice.Data;

namespace Sluice.Studio.Hosting;

/// <summary>The files of a Studio of its own.</summary>
internal static class StudioFiles
{
    /// <summary>Opens the storage of runs; the folder is made when it is missing.</summary>
    public static SqliteStorage OpenRuns(string path)
    {
        MakeFolder(path);
        return SqliteStorage.Open(path);
    }

    /// <summary>Opens the store of what people keep, a file beside that of the runs.</summary>
    public static async Task<IKeyValueStore> OpenDocumentsAsync(string path)
    {
        MakeFolder(path);
        var source = new DataSource { Url = Path.ChangeExtension(path, ".documents.db") };
        return await new SqliteDataProvider().OpenKeyValueAsync(source, CancellationToken.None).ConfigureAwait(false);
    }

    private static void MakeFolder(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
    }
}
