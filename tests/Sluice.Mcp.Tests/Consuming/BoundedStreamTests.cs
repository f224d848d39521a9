using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Mcp.Consuming;

namespace Sluice.Mcp.Tests.Consuming;

public sealed class BoundedStreamTests
{
    private const int Limit = 8;

    /// <summary>However the bytes arrive: they are passed on unchanged while every message fits, and reading fails where one does not.</summary>
    [Fact]
    public void AnyTextInAnyPieces_IsPassedOn_ExactlyAsLongAsEveryMessageFits()
    {
        var texts = Gen.Choose(0, 5).Select(number => number < 3 ? "a" : "\n").ListOf().Select(parts => string.Concat(parts));
        Prop.ForAll(Arb.From(texts.Zip(Gen.Choose(1, 5)).Zip(Gen.Choose(0, 2))), input =>
        {
            var ((text, size), lineBreaks) = input;
            var exceeded = 0;
            var stream = new BoundedStream(new MemoryStream(Encoding.UTF8.GetBytes(text)), lineBreaks, Limit, () => exceeded++);
            var read = new MemoryStream();
            var fits = MessagesOf(text, lineBreaks).All(message => message.Length <= Limit);
            if (fits) stream.CopyTo(read, size);
            else Should.Throw<IOException>(() => stream.CopyTo(read, size));
            exceeded.ShouldBe(fits ? 0 : 1);
            if (fits) Encoding.UTF8.GetString(read.ToArray()).ShouldBe(text);
        }).QuickCheckThrowOnFailure();
    }

    private static IEnumerable<string> MessagesOf(string text, int lineBreaks)
    {
        var (start, breaks) = (0, 0);
        for (var index = 0; index < text.Length; index++)
        {
            breaks = text[index] == '\n' ? breaks + 1 : 0;
            if (lineBreaks == 0 || breaks < lineBreaks) continue;
            yield return text[start..(index + 1)];
            (start, breaks) = (index + 1, 0);
        }

        yield return text[start..];
    }
}
