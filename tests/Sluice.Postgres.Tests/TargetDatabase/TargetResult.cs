using Sluice.Data;

namespace Sluice.Postgres.Tests.TargetDatabase;

/// <summary>All rows of a query.</summary>
internal sealed record TargetResult(IReadOnlyList<QueryColumn> Columns, IReadOnlyList<object?[]> Rows, QueryTruncation Truncation);
