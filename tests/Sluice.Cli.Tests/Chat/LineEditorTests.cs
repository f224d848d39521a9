using System.Threading.Channels;
using Sluice.Cli.Chat.Typing;

namespace Sluice.Cli.Tests.Chat;

public sealed class LineEditorTests : IDisposable
{
    private readonly Channel<ConsoleKeyInfo> _keys = Channel.CreateUnbounded<ConsoleKeyInfo>();
    private readonly StringWriter _screen = new();

    public void Dispose() => _screen.Dispose();

    [Fact]
    public async Task Paste_IsTakenAsItStands_ItsLinesDoNotEnterIt()
    {
        Press("say ");
        Press("\u001b[200~one\rtwo\u001b[Dthree\u001b[201~!\r");

        (await ReadAsync(width: 80)).ShouldBe(new("say one\ntwo\u001b[Dthree!", LineEnd.Entered));
        _screen.ToString().ShouldContain(@"two\u001b[Dthree!");
    }

    [Fact]
    public async Task Sequence_ThatMeansNothing_IsPassedOver()
    {
        Press("a\u001b[1;5Ib\r");

        (await ReadAsync()).ShouldBe(new("ab", LineEnd.Entered));
    }

    [Fact]
    public async Task Line_LongerThanTheTerminal_GoesOnInTheNextRow()
    {
        Press("0123456789日本\r");

        await ReadAsync();

        _screen.ToString().ShouldContain("> 01234567\n  89日本");
    }

    [Fact]
    public async Task Line_HigherThanTheTerminal_IsShownAroundTheCursor()
    {
        Press("\u001b[200~1\n2\n3\n4\n5\n6\u001b[201~\r");

        await ReadAsync();

        _screen.ToString().ShouldEndWith("\u001b[J  3\n  4\n  5\n  6\r\u001b[3C\u001b[?2004l\n");
    }

    [Fact]
    public async Task Interrupt_ClearsALineFirst_AndEndsAnEmptyOne()
    {
        Press("abc\u0003\u0003");

        (await ReadAsync()).ShouldBe(new("", LineEnd.Interrupted));
    }

    [Fact]
    public async Task Keys_ThatEnd_CloseTheLine()
    {
        Press("abc");
        _keys.Writer.Complete();

        (await ReadAsync()).ShouldBe(new("", LineEnd.Closed));
    }

    private void Press(string text)
    {
        foreach (var letter in text)
        {
            var key = letter switch { '\r' or '\n' => ConsoleKey.Enter, '\u001b' => ConsoleKey.Escape, _ => ConsoleKey.None };
            _keys.Writer.TryWrite(new(letter, key, shift: false, alt: false, control: false));
        }
    }

    private Task<TypedLine> ReadAsync(int width = 11) =>
        new LineEditor(_keys.Reader, _screen, () => (width, 5), default).ReadAsync("> ", history: null, TestContext.Current.CancellationToken);
}
