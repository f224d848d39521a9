namespace Sluice.Postgres.TargetDatabase.Lexing;

/// <summary>A name before a parenthesis, which may be a function.</summary>
/// <param name="Schema">The schema it names; null: the search path decides.</param>
/// <param name="Name">The name.</param>
/// <param name="IsQuoted">Whether it stands in quotes, so that no keyword can be meant.</param>
/// <param name="IsSampling">Whether it stands after TABLESAMPLE.</param>
internal readonly record struct CalledFunction(string? Schema, string Name, bool IsQuoted, bool IsSampling);
