namespace Sluice.Data.Profiling.Dialects;

/// <summary>What can be measured of a column, whichever the engine's own name of its type.</summary>
internal enum TypeFamily
{
    Integer,
    Number,
    Text,
    Boolean,
    Date,
    Timestamp,
    Time,
    Uuid,
    Binary,

    /// <summary>Structured values, such as JSON, arrays and ranges: they are counted and not ordered.</summary>
    Other,
}
