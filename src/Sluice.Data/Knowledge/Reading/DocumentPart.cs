namespace Sluice.Data.Knowledge.Reading;

/// <summary>A stretch of a document.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">The character after its last.</param>
/// <param name="Headings">The headings it stands under, the outermost first.</param>
internal sealed record DocumentPart(int Start, int End, IReadOnlyList<string> Headings)
{
    public int Length => End - Start;
}
