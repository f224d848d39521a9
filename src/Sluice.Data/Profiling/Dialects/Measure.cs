namespace Sluice.Data.Profiling.Dialects;

/// <summary>What is asked of a column in the one pass over its table.</summary>
internal enum Measure
{
    NonNull,
    Integers,
    Reals,
    Texts,
    Min,
    Max,
    Mean,
    Variance,

    /// <summary>The mean of the distances to a number near the mean, where the engine has no variance.</summary>
    MeanDistance,

    /// <summary>The mean of their squares.</summary>
    MeanSquare,
    Empty,

    /// <summary>Texts of blanks alone.</summary>
    Blank,

    /// <summary>Texts with blanks before or behind.</summary>
    Padded,
    MinLength,
    MaxLength,
    MeanLength,
}
