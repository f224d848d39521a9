using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sluice.Json;

/// <summary>Random JSON values, and the many ways to write each of them.</summary>
internal sealed class RandomJson(int seed)
{
    private static readonly string[] Texts = ["", "a", "b\"\\\n\u0001", "é", "\ue000", "🐲", "\u2028", "/", "kind", "\u007f"];
    private static readonly string[] Numbers = ["0", "1", "-7", "0.1", "1.5e300", "1e-7", "123456789012345678901234567890", "9007199254740993", "-2.50"];

    private readonly Random _random = new(seed);

    /// <summary>An object, array, text, number text or literal.</summary>
    public object Value(int depth = 4) => _random.Next(depth == 0 ? 2 : 6) switch
    {
        0 => Texts[_random.Next(Texts.Length)],
        1 => new Literal(_random.Next(4) == 0 ? ((string[])["true", "false", "null"])[_random.Next(3)] : Numbers[_random.Next(Numbers.Length)]),
        2 or 3 => Enumerable.Range(0, _random.Next(5)).Select(_ => Value(depth - 1)).ToList(),
        _ => Enumerable.Range(0, _random.Next(5)).Select(_ => Texts[_random.Next(Texts.Length)]).Distinct(StringComparer.Ordinal).ToDictionary(name => name, _ => Value(depth - 1)),
    };

    public JsonElement Write(object value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return JsonElement.Parse(text.ToString());
    }

    private void Write(object value, StringBuilder text)
    {
        WriteSpace(text);
        switch (value)
        {
            case string plain: WriteText(plain, text); break;
            case Literal literal: text.Append(Respell(literal.Text)); break;
            case List<object> items: WriteList(items, text, '[', ']', item => Write(item, text)); break;
            case Dictionary<string, object> members: WriteList(members.OrderBy(_ => _random.Next()), text, '{', '}', member => WriteMember(member, text)); break;
        }
        WriteSpace(text);
    }

    private void WriteMember(KeyValuePair<string, object> member, StringBuilder text)
    {
        WriteText(member.Key, text);
        WriteSpace(text);
        text.Append(':');
        Write(member.Value, text);
    }

    private static void WriteList<T>(IEnumerable<T> items, StringBuilder text, char start, char end, Action<T> write)
    {
        text.Append(start);
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst) text.Append(',');
            isFirst = false;
            write(item);
        }
        text.Append(end);
    }

    private void WriteText(string value, StringBuilder text)
    {
        text.Append('"');
        var isEscaped = _random.Next(2) == 0;
        foreach (var unit in value)
        {
            if (isEscaped || unit < 0x20 || unit is '"' or '\\') text.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
            else text.Append(unit);
        }
        text.Append('"');
    }

    private string Respell(string number)
    {
        if (char.IsAsciiLetter(number[0])) return number;
        var exponentAt = number.IndexOf('e', StringComparison.Ordinal);
        var (digits, exponent) = exponentAt < 0 ? (number, 0) : (number[..exponentAt], int.Parse(number[(exponentAt + 1)..], CultureInfo.InvariantCulture));
        var zeros = digits.Contains('.', StringComparison.Ordinal) ? "00" : ".0";
        return _random.Next(3) switch
        {
            0 => number,
            1 => $"{digits}{zeros}E{exponent.ToString("+0;-0", CultureInfo.InvariantCulture)}",
            _ => $"{digits}e{exponent}",
        };
    }

    private void WriteSpace(StringBuilder text) => text.Append(' ', _random.Next(2)).Append('\n', _random.Next(2));

    private sealed record Literal(string Text);
}
