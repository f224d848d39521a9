using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace Sluice.Data.Search.Documents;

/// <summary>The vectors of documents and questions, made by the host's model. Only what changed is asked for again.</summary>
internal sealed class DocumentVectors(ISearchIndex index, IEmbeddingGenerator<string, Embedding<float>> generator)
{
    private const int BatchSize = 100;
    private const int MostCharacters = 2000;

    private static readonly CatalogItemType[] Kinds =
        [CatalogItemType.Table, CatalogItemType.Column, CatalogItemType.Metric, CatalogItemType.Document, CatalogItemType.Knowledge];

    private readonly string _model = (generator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata)?.DefaultModelId ?? "";

    /// <summary>Makes the vectors that documents lack.</summary>
    /// <exception cref="SluiceException">The model failed (<c>provider_failed</c>).</exception>
    public async Task FillAsync(DataScope scope, IReadOnlyList<SearchDocument> documents, CancellationToken cancellationToken)
    {
        var wanted = documents.Where(document => Kinds.Contains(document.ItemType)).ToArray();
        var hashes = await index.ReadVectorHashesAsync(scope, [.. wanted.Select(document => document.Id)], cancellationToken).ConfigureAwait(false);
        foreach (var batch in wanted.Where(document => hashes.GetValueOrDefault(document.Id) != HashOf(document)).Chunk(BatchSize))
        {
            var vectors = await GenerateAsync([.. batch.Select(TextOf)], cancellationToken).ConfigureAwait(false);
            await index.PutVectorsAsync(
                scope, [.. batch.Zip(vectors, (document, vector) => new SearchVector { Id = document.Id, Hash = HashOf(document), Values = vector })], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The documents that mean something alike.</summary>
    /// <exception cref="SluiceException">The model failed (<c>provider_failed</c>).</exception>
    public async Task<IReadOnlyList<SearchIndexHit>> FindAsync(DataScope scope, string text, SearchIndexQuery query, CancellationToken cancellationToken)
    {
        var vectors = await GenerateAsync([text], cancellationToken).ConfigureAwait(false);
        return await index.FindNearestAsync(scope, vectors[0], query, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ReadOnlyMemory<float>[]> GenerateAsync(string[] texts, CancellationToken cancellationToken)
    {
        try
        {
            var made = await generator.GenerateAsync(texts, cancellationToken: cancellationToken).ConfigureAwait(false);
            return made.Count == texts.Length ? [.. made.Select(vector => vector.Vector)]
                : throw new SluiceException(ErrorCodes.ProviderFailed, $"The embedding generator made {made.Count} vectors of {texts.Length} texts.");
        }
        catch (Exception exception) when (exception is not (SluiceException or OperationCanceledException))
        {
            throw new SluiceException(ErrorCodes.ProviderFailed, $"The embedding generator failed: {exception.Message}", exception) { Retryable = true };
        }
    }

    private string HashOf(SearchDocument document) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{_model}\n{document.Hash}")).AsSpan(0, 16));

    private static string TextOf(SearchDocument document)
    {
        var text = string.Join('\n', ((string[])[document.Name, document.Tags, document.Content, document.Parts, document.Values]).Where(part => part.Length > 0));
        return text.Length > MostCharacters ? text[..MostCharacters] : text;
    }
}
