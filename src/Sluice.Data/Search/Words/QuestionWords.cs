using Sluice.Data.Search.Documents;
using Sluice.Data.Search.Ranking;

namespace Sluice.Data.Search.Words;

/// <summary>What of a question is looked for, in the words of the catalog.</summary>
internal sealed class QuestionWords
{
    private const int MostCharacters = 4000;
    private const int MostWords = 60;
    private const int MostForms = 24;
    private const int ShortestBeginning = 3;
    private const double Known = 0.8;
    private const double FaintWeight = 0.5;

    private readonly Vocabulary _vocabulary;
    private readonly RankingWeights _weights;

    public QuestionWords(string question, Vocabulary vocabulary, RankingWeights weights)
    {
        (_vocabulary, _weights) = (vocabulary, weights);
        Text = question.Length > MostCharacters ? question[..MostCharacters] : question;
        Sequence = NameWords.Split(Text);
        // A question of stop words alone may be a name, such as 'all_over'.
        var said = Sequence.Where(word => word.Length > 1 && !IsStopWord(word)).ToArray();
        var distinct = (said.Length > 0 ? said : [.. Sequence]).Distinct(StringComparer.Ordinal).ToArray();
        Hints = ColumnHints.Of(Text, Sequence);
        All = [.. distinct.SelectMany(Parts).DistinctBy(Stemmer.Of).Take(MostWords).Select(Understand)];
    }

    /// <summary>What was asked, without what is too long.</summary>
    public string Text { get; }

    /// <summary>All its words, in order.</summary>
    public IReadOnlyList<string> Sequence { get; }

    /// <summary>What columns are called that such questions need.</summary>
    public IReadOnlySet<string> Hints { get; }

    /// <summary>The words that carry meaning.</summary>
    public IReadOnlyList<QuestionWord> All { get; }

    private bool IsStopWord(string word) => StopWords.Contains(word) || (!_vocabulary.Contains(word) && _weights.Misspellings > 0 && StopWords.IsMisspelt(word));

    /// <summary>A word, or those that it was put together of where the catalog does not know it.</summary>
    private IReadOnlyList<string> Parts(string word) =>
        !_vocabulary.Contains(word) && _vocabulary.Split(word) is { Count: > 0 } parts ? parts : [word];

    private QuestionWord Understand(string word)
    {
        var (forms, stem) = (new Dictionary<string, double>(StringComparer.Ordinal), Stemmer.Of(word));
        // Values are not in the vocabulary, so that the word itself is always looked for.
        forms[word] = 1;
        AddForms(forms, stem, 1);
        var isKnown = forms.Count > 1 || _vocabulary.Contains(word);
        foreach (var glued in _vocabulary.GluedWith(stem)) Add(forms, glued, _weights.GluedWords);
        foreach (var (form, isUsual) in Abbreviations.Of(word)) AddForms(forms, Stemmer.Of(form), isUsual ? _weights.UsualShortForms : _weights.ShortForms);
        isKnown |= forms.Values.Count(quality => quality >= Known) > 1;
        AddSynonyms(forms, stem, _weights.Synonyms);
        foreach (var part in _vocabulary.Split(word)) AddForms(forms, Stemmer.Of(part), _weights.PartsOfWords);
        if (!isKnown) AddGuesses(forms, word);
        return new(word, StopWords.IsFaint(word) ? FaintWeight : 1, forms);
    }

    /// <summary>What an unknown word may be: another one with a mistake in it, or the beginning of one.</summary>
    private void AddGuesses(Dictionary<string, double> forms, string word)
    {
        foreach (var near in _vocabulary.Near(word))
        {
            AddForms(forms, Stemmer.Of(near), _weights.Misspellings);
            foreach (var glued in _vocabulary.GluedWith(Stemmer.Of(near))) Add(forms, glued, _weights.Misspellings * _weights.GluedWords);
            AddSynonyms(forms, Stemmer.Of(near), _weights.Misspellings * _weights.Synonyms);
        }

        if (word.Length < ShortestBeginning) return;
        foreach (var longer in _vocabulary.ShortenedTo(word)) Add(forms, longer, _weights.ShortForms);
        foreach (var longer in _vocabulary.Beginning(word)) Add(forms, longer, _weights.Beginnings);
    }

    private void AddSynonyms(Dictionary<string, double> forms, string stem, double quality)
    {
        foreach (var synonym in Synonyms.Of(stem).Select(Stemmer.Of))
        {
            AddForms(forms, synonym, quality);
            foreach (var glued in _vocabulary.GluedWith(synonym)) Add(forms, glued, quality * _weights.GluedWords);
        }
    }

    private void AddForms(Dictionary<string, double> forms, string stem, double quality)
    {
        foreach (var form in _vocabulary.FormsOf(stem)) Add(forms, form, quality);
    }

    private static void Add(Dictionary<string, double> forms, string form, double quality)
    {
        if (quality <= 0 || (forms.Count >= MostForms && quality < Known)) return;
        if (forms.GetValueOrDefault(form) < quality) forms[form] = quality;
    }
}
