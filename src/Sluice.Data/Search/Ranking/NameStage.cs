namespace Sluice.Data.Search.Ranking;

/// <summary>How a name is asked for. Stages are fixed, so that a rare word never comes before an exact name.</summary>
internal enum NameStage
{
    /// <summary>Words of it, or not at all.</summary>
    Words,

    /// <summary>A column of it is named.</summary>
    Column,

    /// <summary>Its name stands in the question, or its words are all that is asked.</summary>
    Phrase,

    /// <summary>Its name, and nothing else, is asked for.</summary>
    Exact,
}
