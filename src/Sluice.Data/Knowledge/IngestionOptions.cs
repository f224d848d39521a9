using Microsoft.Extensions.AI;

namespace Sluice.Data.Knowledge;

/// <summary>What is ingested, and how.</summary>
public sealed class IngestionOptions
{
    /// <summary>The logical target database that the documents are about: 1 to 64 letters, digits, <c>-</c>, <c>_</c> or <c>.</c>.</summary>
    /// <remarks>Ids are made of it and of relative paths, so that all documents of one database come from one directory.</remarks>
    public required string DatabaseId { get; init; }

    /// <summary>The directory that holds the documents, its folders included. Links in it are not followed.</summary>
    public required string SourceDirectory { get; init; }

    /// <summary>How the names of documents end, with or without a dot, compared without case. At least one. Default: <c>md</c> and <c>txt</c>.</summary>
    /// <remarks><c>md</c> and <c>markdown</c> are read as Markdown, all others as plain text.</remarks>
    public IReadOnlyList<string> Extensions { get; init; } = ["md", "txt"];

    /// <summary>
    /// The largest file that is read, in bytes: 1 to <see cref="IKeyValueStore.MaxValueBytes"/>. A larger one fails, and the others go on. Default: 10 MiB.
    /// </summary>
    public int MaxFileBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>
    /// Tables and columns that all documents apply to, by name (<c>orders</c>, <c>main.orders</c>, <c>main.orders.status</c>) or by the id of their entry.
    /// Those that don't exist are listed in <see cref="IngestionCompletedEvent.MissingTargets"/>. Default: none.
    /// </summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Who extracts knowledge from documents that are new or have another text; null: nobody, which needs no model. Default: null.</summary>
    public IChatClient? Extractor { get; init; }

    /// <summary>Whether documents whose files are gone are removed from the catalog and the store. Default: false; they are reported and kept.</summary>
    public bool RemoveMissing { get; init; }
}
