namespace Sluice.Data.Search.Words;

/// <summary>A word of a question.</summary>
/// <param name="Text">As it was asked.</param>
/// <param name="Weight">How much it says, from 0 to 1.</param>
/// <param name="Forms">The words of the catalog that may mean it, and how likely each does, from 0 to 1.</param>
internal sealed record QuestionWord(string Text, double Weight, IReadOnlyDictionary<string, double> Forms);
