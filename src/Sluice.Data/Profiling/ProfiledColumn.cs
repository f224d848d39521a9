using Sluice.Data.Profiling.Dialects;
using Sluice.Data.Profiling.Measuring;
using Sluice.Data.Profiling.Values;

namespace Sluice.Data.Profiling;

/// <summary>A column with what was found of it.</summary>
internal sealed record ProfiledColumn
{
    public required ColumnDescription Column { get; init; }

    /// <summary>Its place in the table, from 1.</summary>
    public required int Ordinal { get; init; }

    public required TypeFamily Family { get; init; }

    /// <summary>Null when no row was read.</summary>
    public ColumnProfile? Profile { get; init; }

    /// <summary>What the sample showed; null when none was read, or the column cannot be.</summary>
    public ColumnSketch? Sketch { get; init; }

    public ColumnMeasures? Measures { get; init; }

    /// <summary>The values of a column that has few, with their counts, the most frequent first.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> EnumValues { get; init; } = [];

    public string Name => Column.Name;

    public bool IsPersonal => Profile?.PersonalData is not null;
}
