namespace Sluice.Data.Search.Ranking;

/// <summary>How much each thing counts, where the name of an entry counts 1. Leaving one out (0) shows what it is worth.</summary>
internal sealed record RankingWeights
{
    /// <summary>What is used where nothing is said.</summary>
    public static RankingWeights Default { get; } = new();

    /// <summary>A usual short form of a word, and the word of a short form.</summary>
    public double UsualShortForms { get; init; } = 0.85;

    /// <summary>A short form that follows from how people shorten words.</summary>
    public double ShortForms { get; init; } = 0.65;

    /// <summary>A word that was written together with others.</summary>
    public double GluedWords { get; init; } = 0.9;

    /// <summary>A part of a word that was written together in the question.</summary>
    public double PartsOfWords { get; init; } = 0.4;

    /// <summary>Another word for the same.</summary>
    public double Synonyms { get; init; } = 0.5;

    /// <summary>A word that is near to one that is not known.</summary>
    public double Misspellings { get; init; } = 0.8;

    /// <summary>A word that begins like one that is not known.</summary>
    public double Beginnings { get; init; } = 0.5;

    /// <summary>Synonyms and labels of the entry.</summary>
    public double Tags { get; init; } = 0.9;

    /// <summary>The names of a table's columns, and of a column's table.</summary>
    public double Parts { get; init; } = 0.5;

    /// <summary>What the entry means.</summary>
    public double Content { get; init; } = 0.45;

    /// <summary>Values of a column; of a table somewhat less.</summary>
    public double Values { get; init; } = 0.8;

    /// <summary>That a whole name is asked for, and not a part of it.</summary>
    public double WholeName { get; init; } = 0.7;

    /// <summary>That a whole column name is asked for, of several words.</summary>
    public double WholeColumn { get; init; } = 0.3;

    /// <summary>That other tables of the same database fit as well.</summary>
    public double SameDatabase { get; init; } = 1;

    /// <summary>A table that is joined with one that fits, by a known relation.</summary>
    public double Neighbours { get; init; } = 0.3;

    /// <summary>The same, where only the names of columns say so.</summary>
    public double SharedKeys { get; init; } = 0.3;

    /// <summary>Of what a table gets from its neighbours, how much it passes on: for tables that join in two steps.</summary>
    public double SecondStep { get; init; } = 1;

    /// <summary>That a table answers words that those before it do not.</summary>
    public double Coverage { get; init; } = 0.5;

    /// <summary>Of a column: what its table is worth.</summary>
    public double TableWorth { get; init; } = 0.8;

    /// <summary>Of a column: that it is of the sort that such questions need.</summary>
    public double Hints { get; init; } = 0.35;

    /// <summary>The index's own rank.</summary>
    public double Index { get; init; } = 0.2;

    /// <summary>Whether a database of few tables is looked at whole. 0: no.</summary>
    public double FewTables { get; init; } = 1;
}
