namespace Sluice.Data.Search.Ranking;

/// <summary>How a document answers to the words of a question.</summary>
internal sealed class DocumentMatch
{
    /// <summary>By word of the question: how well the best of the document fits it, from 0 to 1.</summary>
    public required double[] Strengths { get; init; }

    /// <summary>How much of the name is asked for, from 0 to 1.</summary>
    public required double Name { get; init; }

    /// <summary>The words of the question that one column of several words is called by, all of its words; empty: there is none.</summary>
    public required IReadOnlyList<int> Column { get; init; }

    /// <summary>Whether any word fits at all.</summary>
    public bool IsAny => Array.Exists(Strengths, strength => strength > 0);
}
