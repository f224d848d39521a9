namespace Sluice.Postgres.TargetDatabase.Gates;

/// <summary>A user's operator or cast behind which a function stands that is volatile or has its owner's rights.</summary>
/// <param name="IsOperator">An operator; otherwise a cast.</param>
/// <param name="Name">The operator, or a name in a statement by which the cast may be met: its types, and relations with such a column.</param>
/// <param name="IsImplicit">Whether the engine may apply the cast without being told.</param>
internal readonly record struct HiddenCall(bool IsOperator, string Name, bool IsImplicit);
