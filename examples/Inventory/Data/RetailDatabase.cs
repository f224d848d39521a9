using System.Globalization;
using Inventory.Data.Generation;
using Microsoft.Data.Sqlite;

namespace Inventory.Data;

/// <summary>
/// The generated retail database: one SQLite file that is built once and only read afterwards. A file under the final name is always
/// complete: it is written beside it and renamed at the end.
/// </summary>
internal sealed class RetailDatabase
{
    private const string TemporarySuffix = ".building";

    private RetailDatabase(string path, RetailDatasetOptions dataset, bool wasBuilt)
    {
        DatabasePath = path;
        Dataset = dataset;
        WasBuilt = wasBuilt;
    }

    /// <summary>Full path of the file.</summary>
    public string DatabasePath { get; }

    /// <summary>What the file was generated from.</summary>
    public RetailDatasetOptions Dataset { get; }

    /// <summary>True when this call generated the file, false when it was there.</summary>
    public bool WasBuilt { get; }

    /// <summary>Opens the full data set at <paramref name="path"/>; builds it if missing or of another version.</summary>
    /// <inheritdoc cref="OpenOrBuildAsync(string, RetailDatasetOptions, IProgress{BuildProgress}, CancellationToken)"/>
    public static Task<RetailDatabase> OpenOrBuildAsync(
        string path, IProgress<BuildProgress>? progress = null, CancellationToken cancellationToken = default) =>
        OpenOrBuildAsync(path, RetailDatasetOptions.Full, progress, cancellationToken);

    /// <summary>Opens the data set at <paramref name="path"/>; builds it if missing or of another version, seed or size.</summary>
    /// <remarks>Several processes may call this at once: one builds, the others wait and use its file.</remarks>
    /// <exception cref="IOException">The folder cannot be written or the disk is full; the message names the file and what to do.</exception>
    /// <exception cref="InvalidDataException">The file at <paramref name="path"/> is something else, so it is not replaced.</exception>
    public static async Task<RetailDatabase> OpenOrBuildAsync(
        string path,
        RetailDatasetOptions options,
        IProgress<BuildProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(options);
        path = Path.GetFullPath(path);
        try
        {
            if (HoldsDataset(path, options))
                return new RetailDatabase(path, options, wasBuilt: false);

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var alone = await BuildLock.AcquireAsync(path, cancellationToken);
            if (HoldsDataset(path, options))
                return new RetailDatabase(path, options, wasBuilt: false);

            await Task.Run(() => Build(path, options, progress, cancellationToken), cancellationToken);
            return new RetailDatabase(path, options, wasBuilt: true);
        }
        catch (Exception e) when (e is SqliteException or UnauthorizedAccessException or IOException)
        {
            throw new IOException(
                $"The retail database '{path}' could not be built: {e.Message} "
                + "Check that the folder is writable and has 200 MB free, or choose another path.",
                e);
        }
    }

    /// <summary>Opens a new read-only connection; the caller disposes it.</summary>
    /// <exception cref="SqliteException">The file was removed or damaged since.</exception>
    public SqliteConnection OpenReadOnly() => SqliteFile.Open(DatabasePath, SqliteOpenMode.ReadOnly);

    private static void Build(
        string path, RetailDatasetOptions options, IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
    {
        var temporary = path + TemporarySuffix;
        File.Delete(temporary);
        try
        {
            using (var connection = SqliteFile.Open(temporary, SqliteOpenMode.ReadWriteCreate))
                new RetailBuilder(options, progress).Build(connection, cancellationToken);
            using (var file = new FileStream(temporary, FileMode.Open, FileAccess.ReadWrite))
                file.Flush(flushToDisk: true);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }

        progress?.Report(new BuildProgress { Stage = "finishing", Fraction = 1 });
    }

    /// <summary>False when there is no file, or one of ours that has to be built again.</summary>
    /// <exception cref="InvalidDataException">The file is not one of ours, so it must not be replaced.</exception>
    private static bool HoldsDataset(string path, RetailDatasetOptions options)
    {
        if (!File.Exists(path))
            return false;
        try
        {
            using var connection = SqliteFile.Open(path, SqliteOpenMode.ReadOnly);
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT generator, generator_version, seed, products, sales FROM dataset";
            using var row = command.ExecuteReader();
            if (!row.Read() || !string.Equals(row.GetString(0), RetailBuilder.GeneratorName, StringComparison.Ordinal))
                throw NotOurs(path, null);
            return row.GetInt32(1) == RetailBuilder.Version
                && string.Equals(row.GetString(2), options.Seed.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                && row.GetInt32(3) == options.Products
                && row.GetInt32(4) == options.Sales;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SQLitePCL.raw.SQLITE_ERROR or SQLitePCL.raw.SQLITE_NOTADB)
        {
            throw NotOurs(path, e);
        }
    }

    private static InvalidDataException NotOurs(string path, Exception? cause) => new(
        $"The file '{path}' is not a generated retail database, so it is left alone. Choose another path, or remove the file first.",
        cause);
}
