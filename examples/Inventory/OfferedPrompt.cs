namespace Inventory;

/// <summary>A prompt that pages offer as a button.</summary>
/// <param name="Title">What stands on the button.</param>
/// <param name="Prompt">What it asks.</param>
internal sealed record OfferedPrompt(string Title, string Prompt);
