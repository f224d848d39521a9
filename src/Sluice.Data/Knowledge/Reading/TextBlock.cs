namespace Sluice.Data.Knowledge.Reading;

/// <summary>A piece of a text that belongs together, such as a paragraph. It ends where the next one begins.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="Level">Of a heading, 1 to 6; otherwise 0.</param>
/// <param name="Heading">The words of a heading; null of anything else.</param>
internal readonly record struct TextBlock(int Start, int Level = 0, string? Heading = null);
