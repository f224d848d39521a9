using Sluice.Data.Profiling.Findings;
using Sluice.Data.Profiling.Inference;
using Sluice.Data.Profiling.Measuring;
using Sluice.Data.Schemas;

namespace Sluice.Data.Profiling;

/// <summary>A table with what was found of it.</summary>
internal sealed record TableProfile
{
    public required TableDescription Table { get; init; }

    public required string Signature { get; init; }

    public required IReadOnlyList<ProfiledColumn> Columns { get; init; }

    /// <summary>Its rows; null when none was read.</summary>
    public long? Rows { get; init; }

    /// <summary>The rows that were looked at; null when none was read.</summary>
    public TableSample? Sample { get; init; }

    /// <summary>Keys that it may have, where it declares none. The likeliest first.</summary>
    public IReadOnlyList<LikelyKey> LikelyKeys { get; init; } = [];

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    public TableKey Key => new(Table.Schema, Table.Name);
}
