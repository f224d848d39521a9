using FsCheck;
using FsCheck.Fluent;
using Sluice.Cli.Chat.Typing;

namespace Sluice.Cli.Tests.Chat;

public sealed class EditedTextTests
{
    private static readonly string[] Letters = ["a", "b", " ", "日", "e\u0301", "😀", "\n"];

    private static readonly (Action<EditedText> Do, Action<Model> Expect)[] Moves =
    [
        (text => text.Left(), model => model.Cursor = Math.Max(0, model.Cursor - 1)),
        (text => text.Right(), model => model.Cursor = Math.Min(model.Letters.Count, model.Cursor + 1)),
        (text => text.Home(), model => model.Cursor = 0),
        (text => text.End(), model => model.Cursor = model.Letters.Count),
        (text => text.DeleteBefore(), model => model.Remove(Math.Max(0, model.Cursor - 1), model.Cursor)),
        (text => text.DeleteAfter(), model => model.Remove(model.Cursor, Math.Min(model.Letters.Count, model.Cursor + 1))),
        (text => text.DeleteToHome(), model => model.Remove(0, model.Cursor)),
        (text => text.DeleteToEnd(), model => model.Remove(model.Cursor, model.Letters.Count)),
    ];

    [Fact]
    public void Editing_TreatsLettersAsPeopleSeeThem() => Prop.ForAll(
        Gen.Choose(0, Letters.Length + Moves.Length - 1).ListOf().ToArbitrary(),
        steps =>
        {
            var (text, model) = (new EditedText(), new Model());
            foreach (var step in steps)
            {
                if (step < Letters.Length)
                {
                    text.Insert(Letters[step]);
                    model.Letters.Insert(model.Cursor++, Letters[step]);
                }
                else
                {
                    Moves[step - Letters.Length].Do(text);
                    Moves[step - Letters.Length].Expect(model);
                }
            }

            return text.ToString() == string.Concat(model.Letters) && text.Cursor == model.Letters.Take(model.Cursor).Sum(letter => letter.Length);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("two words", "two ")]
    [InlineData("two words  ", "two ")]
    [InlineData("one", "")]
    [InlineData("", "")]
    public void DeleteWord_TakesTheWordAndTheBlanksBehindIt(string before, string after)
    {
        var text = new EditedText();
        text.Set(before);

        text.DeleteWord();

        text.ToString().ShouldBe(after);
    }

    private sealed class Model
    {
        public List<string> Letters { get; } = [];

        public int Cursor { get; set; }

        public void Remove(int start, int end)
        {
            Letters.RemoveRange(start, end - start);
            Cursor = start;
        }
    }
}
