namespace Sluice.DataSets.Questions;

/// <summary>A question that people ask of a database, and what is needed to answer it.</summary>
public sealed record SearchQuestion
{
    /// <summary>Its number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary><c>warehouse</c>, <c>chinook</c>, or a public database.</summary>
    public required string Database { get; init; }

    /// <summary>The question.</summary>
    public required string Text { get; init; }

    /// <summary>The tables that are needed. Of the warehouse in words, such as <c>sales.sales order</c>; of others as the database names them.</summary>
    public required IReadOnlyList<string> Tables { get; init; }

    /// <summary>The columns that are needed beside keys, each with its table.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Whether it is kept aside: looked at for the final figure only, never while ranking is tuned.</summary>
    public bool IsKeptAside => Number % 3 == 0;
}
