namespace Sluice.Data.Search;

/// <summary>A table that candidates are joined with.</summary>
/// <param name="Table">The table's qualified name.</param>
/// <param name="Candidate">The qualified name of the candidate that it is joined with.</param>
/// <param name="On">The columns of both, such as <c>main.orders.customer_id = main.customers.id</c>.</param>
/// <param name="Origin">Where the relation is known from: <c>declared</c>, <c>authored</c> or <c>inferred</c>.</param>
public sealed record JoinNeighbour(string Table, string Candidate, IReadOnlyList<string> On, string Origin);
