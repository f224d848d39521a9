namespace Sluice.Data.Profiling.Dialects;

/// <summary>A column as the pass over its table sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Family">What is measured of it.</param>
/// <param name="IsIrregular">Whether it holds values of other kinds beside, which have to be left out of its statistics.</param>
/// <param name="Center">A number near its mean: distances from it keep their digits where squares of the values would lose them.</param>
internal readonly record struct MeasuredColumn(string Name, TypeFamily Family, bool IsIrregular = false, double Center = 0);
