namespace Sluice.Data.Knowledge.Extracting;

/// <summary>A statement that stands in a document.</summary>
/// <param name="Text">The statement.</param>
/// <param name="Kind">What it is, as it is written.</param>
/// <param name="AppliesTo">What it is about, as the model names it.</param>
/// <param name="Quote">The words of the document, as they stand there.</param>
/// <param name="Offset">Their first character.</param>
/// <param name="Model">Who extracted it; null when the provider did not say.</param>
internal sealed record Statement(string Text, string Kind, IReadOnlyList<string> AppliesTo, string Quote, int Offset, string? Model);
