namespace Sluice.Data.Relations;

/// <summary>Where a relation is known from.</summary>
internal enum RelationOrigin
{
    /// <summary>The database declares it.</summary>
    Declared,

    /// <summary>A person wrote it.</summary>
    Authored,

    /// <summary>Profiling guessed it from names and values.</summary>
    Inferred,
}
