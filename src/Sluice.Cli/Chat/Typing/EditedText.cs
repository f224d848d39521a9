using System.Globalization;
using System.Text;

namespace Sluice.Cli.Chat.Typing;

/// <summary>A text while it is typed, and the place in it where typing goes on. Places are between whole letters as people see them.</summary>
internal sealed class EditedText
{
    private readonly StringBuilder _text = new();

    public int Cursor { get; private set; }

    public bool IsEmpty => _text.Length == 0;

    public override string ToString() => _text.ToString();

    public void Set(string text)
    {
        _text.Clear().Append(text);
        Cursor = _text.Length;
    }

    public void Insert(string text)
    {
        _text.Insert(Cursor, text);
        Cursor += text.Length;
    }

    public void Left() => Cursor = Before();

    public void Right() => Cursor = After();

    public void Home() => Cursor = 0;

    public void End() => Cursor = _text.Length;

    public void DeleteBefore() => Remove(Before(), Cursor);

    public void DeleteAfter() => Remove(Cursor, After());

    public void DeleteToHome() => Remove(0, Cursor);

    public void DeleteToEnd() => Remove(Cursor, _text.Length);

    /// <summary>Deletes the word before the cursor, and the blanks behind it.</summary>
    public void DeleteWord()
    {
        var start = Cursor;
        while (start > 0 && char.IsWhiteSpace(_text[start - 1])) start--;
        while (start > 0 && !char.IsWhiteSpace(_text[start - 1])) start--;
        Remove(start, Cursor);
    }

    private void Remove(int start, int end)
    {
        _text.Remove(start, end - start);
        Cursor = start;
    }

    private int Before()
    {
        var place = 0;
        foreach (var start in StringInfo.ParseCombiningCharacters(ToString()))
        {
            if (start >= Cursor) break;
            place = start;
        }

        return place;
    }

    private int After() => Cursor == _text.Length ? Cursor : Cursor + StringInfo.GetNextTextElementLength(ToString(), Cursor);
}
