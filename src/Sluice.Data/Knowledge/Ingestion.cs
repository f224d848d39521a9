using System.Runtime.CompilerServices;
using Sluice.Data.Knowledge.Extracting;
using Sluice.Data.Knowledge.Linking;
using Sluice.Data.Knowledge.Reading;

namespace Sluice.Data.Knowledge;

/// <summary>One run over a directory of documents.</summary>
internal sealed class Ingestion(OpenDataEnvironment environment, DataScope scope, IngestionOptions options)
{
    private readonly IngestionTally _tally = new();
    private readonly IReadOnlyList<string> _extensions = IngestionRules.ExtensionsOf(options);

    public async IAsyncEnumerable<IngestionEvent> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = new SourceDirectory(options.SourceDirectory, _extensions).List(cancellationToken);
        if (files.Count == 0) throw IngestionRules.NoDocuments(options);
        var names = await TargetNames.ReadAsync(environment, scope, options.DatabaseId, cancellationToken).ConfigureAwait(false);
        var stored = await StoredDocuments.ReadAsync(environment, scope, options.DatabaseId, cancellationToken).ConfigureAwait(false);
        var extractor = options.Extractor is { } client ? new KnowledgeExtractor(client, names) : null;
        var writer = new DocumentWriter(environment, scope, options.DatabaseId, names, extractor);
        var targets = Resolve(options.Targets, null, names);

        yield return new IngestionStartedEvent { Files = files.Count };
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var happened = await IngestAsync(file, targets, names, stored, writer, cancellationToken).ConfigureAwait(false);
            // What is empty now, or a link, is a document no more.
            if (happened is not DocumentSkippedEvent) present.Add(DocumentIds.OfDocument(options.DatabaseId, file.Path));
            yield return _tally.Count(happened);
        }

        var unread = files.Where(file => file.Problem is not null).ToArray();
        foreach (var (id, document) in stored.Except(present).Where(gone => IsJudged(gone.Document, unread)))
        {
            if (options.RemoveMissing) await writer.RemoveAsync(document, cancellationToken).ConfigureAwait(false);
            if (document.Path is { } path) yield return _tally.Count(new DocumentRemovedEvent { Path = path, Id = id, IsDeleted = options.RemoveMissing });
        }

        yield return _tally.Complete(extractor?.Usage ?? TokenUsage.Zero);
    }

    private async Task<IngestionEvent> IngestAsync(
        SourceFile file, IReadOnlyList<string> targets, TargetNames names, StoredDocuments stored, DocumentWriter writer, CancellationToken cancellationToken)
    {
        if (file.SkipReason is { } reason) return new DocumentSkippedEvent { Path = file.Path, Reason = reason };
        if (file.Problem is { } problem) return Failed(file, new() { Code = ErrorCodes.InvalidDocument, Message = problem });
        try
        {
            var document = ParsedDocument.Parse(file, await DocumentText.ReadAsync(file, options.MaxFileBytes, cancellationToken).ConfigureAwait(false));
            if (document.Parts.Count == 0) return new DocumentSkippedEvent { Path = file.Path, Reason = "It holds no text." };
            var own = Resolve(document.FrontMatter.AppliesTo, file.Path, names);
            var known = stored.Of(DocumentIds.OfDocument(options.DatabaseId, file.Path));
            return await writer.WriteAsync(document, targets.Concat(own), known, _tally, cancellationToken).ConfigureAwait(false);
        }
        catch (SluiceException exception) when (exception.Code == ErrorCodes.InvalidDocument)
        {
            return Failed(file, exception.ToErrorInfo());
        }
    }

    /// <summary>The ids of names; those that nothing has are noted.</summary>
    private string[] Resolve(IReadOnlyList<string> targets, string? path, TargetNames names)
    {
        foreach (var name in targets.Where(name => names.Resolve(name) is null))
            _tally.AddMissing(new() { Name = name, Path = path, Nearest = names.Nearest(name) });
        return [.. targets.Select(names.Resolve).OfType<string>()];
    }

    /// <summary>Whether the run can tell that a document is gone: it looked for such names, and could look into its folder.</summary>
    private bool IsJudged(StoredDocument document, IReadOnlyList<SourceFile> unread) =>
        document.Path is not { } path
        || (_extensions.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            && !unread.Any(folder => folder.Path == "." || path.StartsWith($"{folder.Path}/", StringComparison.Ordinal)));

    private static DocumentFailedEvent Failed(SourceFile file, ErrorInfo error) => new() { Path = file.Path, Error = error };
}
