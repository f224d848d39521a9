namespace Sluice.Data.Knowledge.Extracting;

/// <summary>What was extracted from a document.</summary>
/// <param name="Statements">The statements, in the order of the document.</param>
/// <param name="Dropped">How many were not taken: their quote does not stand in the document, or they were there already.</param>
/// <param name="BodyId">The body it was extracted from.</param>
internal sealed record Extraction(IReadOnlyList<Statement> Statements, int Dropped, string BodyId)
{
    /// <summary>The statements whose quotes stand in another text too, at their places there.</summary>
    public Extraction Within(string text)
    {
        var quotes = new QuoteFinder(text);
        return this with
        {
            Statements = [.. Statements.Select(statement => (statement, place: quotes.Find(statement.Quote))).Where(found => found.place is not null)
                .Select(found => found.statement with { Quote = quotes.Take(found.place!.Value), Offset = found.place.Value.Offset })],
        };
    }
}
