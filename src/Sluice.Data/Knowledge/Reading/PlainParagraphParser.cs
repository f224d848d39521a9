using Markdig.Parsers;
using Markdig.Syntax;

namespace Sluice.Data.Knowledge.Reading;

/// <summary>Leaves definitions of links in the paragraphs they stand in: taking them out takes time that grows with the square of their number.</summary>
internal sealed class PlainParagraphParser : ParagraphBlockParser
{
    /// <inheritdoc/>
    public override bool Close(BlockProcessor processor, Block block) => true;
}
