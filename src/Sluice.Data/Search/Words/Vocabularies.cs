using System.Collections.Concurrent;

namespace Sluice.Data.Search.Words;

/// <summary>The vocabulary of each scope, kept and extended by what came since.</summary>
internal sealed class Vocabularies(ISearchIndex index)
{
    private const int MostScopes = 32;

    private readonly ConcurrentDictionary<DataScope, Known> _known = new();

    public async ValueTask<Vocabulary> ReadAsync(DataScope scope, CancellationToken cancellationToken)
    {
        var known = _known.GetValueOrDefault(scope);
        var more = await index.ReadWordsAsync(scope, known?.Last ?? 0, cancellationToken).ConfigureAwait(false);
        if (known is not null && more.Count == 0) return known.Vocabulary;
        string[] words = [.. known?.Words ?? [], .. more.Select(word => word.Text)];
        if (_known.Count >= MostScopes) _known.Clear();
        var read = new Known(more.Count > 0 ? more[^1].Number : 0, words, new(words));
        _known[scope] = read;
        return read.Vocabulary;
    }

    private sealed record Known(long Last, string[] Words, Vocabulary Vocabulary);
}
