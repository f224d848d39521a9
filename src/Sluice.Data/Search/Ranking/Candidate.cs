namespace Sluice.Data.Search.Ranking;

/// <summary>A document that may be what is looked for.</summary>
internal sealed class Candidate(SearchIndexHit hit)
{
    public SearchIndexHit Hit => hit;

    /// <summary>How it answers to the question; null: not compared yet.</summary>
    public DocumentMatch? Match { get; set; }

    /// <summary>What comes first whatever the score is: larger ones.</summary>
    public NameStage Stage { get; set; }

    /// <summary>How well it fits by itself.</summary>
    public double Own { get; set; }

    /// <summary>How well it fits with regard to the others.</summary>
    public double Score { get; set; }

    /// <summary>Whether a model says that it means something alike.</summary>
    public bool IsNear { get; set; }

    /// <summary>How many tables it is joined with.</summary>
    public int Links { get; set; }

    /// <summary>The table that it is joined with and that fits better; null: none.</summary>
    public Candidate? JoinedWith { get; set; }
}
