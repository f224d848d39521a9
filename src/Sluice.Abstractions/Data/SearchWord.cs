namespace Sluice.Data;

/// <summary>A word that an index has.</summary>
/// <param name="Number">Its number: later words have larger ones.</param>
/// <param name="Text">The word.</param>
public readonly record struct SearchWord(long Number, string Text);
