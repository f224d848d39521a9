using System.Buffers;

namespace Sluice.Data.Exchange;

/// <summary>Entries of a catalog as a file: to keep them in version control, to review what changed, and to bring them into another store.</summary>
/// <remarks>
/// <para>The file is JSON lines in UTF-8. The first line is <c>{"format":"sluice-catalog","version":1}</c>, with the filter of the export where there was
/// one; each line after it is one entry as canonical JSON (RFC 8785) without members that are null. Entries are sorted by item type, qualified name, name
/// and id, by code point. So equal catalogs give equal bytes, whatever store they are in, and one changed entry is one changed line.</para>
/// <para>Neither tenant nor workspace nor any address is in it. What entries say of the data is: examples of values in profiles too.</para>
/// </remarks>
public static class CatalogExchange
{
    private const int FlushBytes = 64 * 1024;

    /// <summary>Writes the entries of a scope, in memory that does not grow with their size. The store may be written to meanwhile: then the file holds some of it.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="scope">Whose entries.</param>
    /// <param name="output">Where they are written to; neither flushed before the end nor closed.</param>
    /// <param name="filter">Which of them; null: all. It is part of the file, so that an import knows what the file is complete for.</param>
    /// <param name="cancellationToken">Ends the writing; what was written stays.</param>
    /// <returns>How many entries were written.</returns>
    /// <exception cref="SluiceException">
    /// An entry could not be read again (<c>invalid_catalog_file</c>): an object in it names a member twice, or nests deeper than
    /// <see cref="Json.SluiceJson.MaxDepth"/> levels.
    /// </exception>
    public static async Task<int> ExportAsync(
        ICatalogStore catalog, DataScope scope, Stream output, CatalogFilter? filter = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(output);
        filter ??= new();
        var buffer = new ArrayBufferWriter<byte>(2 * FlushBytes);
        var written = new EntryIdSet();
        new ExchangeHeader(filter).Write(buffer);
        await foreach (var entry in catalog.ListAsync(scope, filter, cancellationToken).ConfigureAwait(false))
        {
            // One whose name changes while it is listed may come at both places; a file with an id twice could not be read again.
            if (!written.TryAdd(entry.Id, written.Count + 1, out _)) continue;
            EntryLine.Write(entry, buffer);
            if (buffer.WrittenCount < FlushBytes) continue;
            await output.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
            buffer.ResetWrittenCount();
        }

        await output.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        return written.Count;
    }

    /// <summary>
    /// Brings the entries of a file into a scope. The whole file is checked before anything is written; then entries that are new or differ are written,
    /// batch by batch. An import that was broken off is completed by repeating it; repeating a complete one changes nothing.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="scope">Whose entries they become.</param>
    /// <param name="input">The file. Read twice: one that cannot seek is copied to a temporary file first.</param>
    /// <param name="replace">
    /// Whether entries that the file does not have are removed, after the others were written. Only those that fit the filter of the export: a file of
    /// one database removes nothing of others. Default: false.
    /// </param>
    /// <param name="cancellationToken">Ends the import between two batches.</param>
    /// <returns>
    /// What happens, as it happens. Nothing is read before the first event is asked for; the last is a <see cref="CatalogImportCompletedEvent"/>.
    /// </returns>
    /// <exception cref="SluiceException">The catalog only reads (<c>catalog_read_only</c>).</exception>
    /// <exception cref="SpecValidationException">
    /// The file has problems, or is of a newer version (<c>invalid_catalog_file</c>); the first 50 are listed with their lines, and nothing was written.
    /// </exception>
    public static IAsyncEnumerable<CatalogImportEvent> ImportAsync(
        ICatalogStore catalog, DataScope scope, Stream input, bool replace = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(input);
        DataArguments.CheckScope(scope);
        if (catalog.IsReadOnly) throw Catalog.ReadOnlyCatalog.Refusal(catalog);
        return new CatalogImport(catalog, scope, input).RunAsync(replace, cancellationToken);
    }
}
