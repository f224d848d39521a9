namespace Sluice.Sqlite.TargetDatabase;

/// <summary>Why a statement was refused.</summary>
/// <param name="Rule">The rule, in snake_case.</param>
/// <param name="ObjectName">The table, column or function; null when there is none.</param>
/// <param name="Message">What is wrong and what to do.</param>
internal sealed record Refusal(string Rule, string? ObjectName, string Message);
