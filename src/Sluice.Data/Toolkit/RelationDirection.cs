namespace Sluice.Data.Toolkit;

/// <summary>Which relations of a table are meant.</summary>
internal enum RelationDirection
{
    /// <summary>Those to tables that it refers to.</summary>
    Outgoing,

    /// <summary>Those from tables that refer to it.</summary>
    Incoming,

    /// <summary>All.</summary>
    Both,
}
