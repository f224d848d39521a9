namespace Sluice.Data.Profiling.Inference;

/// <summary>Columns whose values tell the rows of a table apart, though nothing declares it.</summary>
/// <param name="Columns">One, or two of a table that links others.</param>
/// <param name="Confidence">How sure it is, from 0 to 1.</param>
/// <param name="Evidence">Why.</param>
/// <param name="Query">Gives how many values occur more than once: 0.</param>
internal sealed record LikelyKey(IReadOnlyList<string> Columns, decimal Confidence, string Evidence, string Query);
