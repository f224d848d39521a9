namespace Sluice.JsonSchemas.Patterns;

/// <summary>A .NET pattern with the meaning of an ECMA-262 pattern.</summary>
/// <param name="Regex">The .NET pattern.</param>
/// <param name="NeedsBacktracking">It looks around or back, which an automaton cannot.</param>
internal sealed record TranslatedPattern(string Regex, bool NeedsBacktracking);
