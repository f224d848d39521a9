using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Sluice.Json;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

/// <summary><c>enum</c> and <c>const</c>.</summary>
internal sealed class AllowedValuesKeyword : Keyword
{
    private readonly string _name;
    private readonly Utf8Table _strings;
    private readonly JsonElement[] _others;

    public AllowedValuesKeyword(string name, IReadOnlyList<JsonElement> values)
    {
        _name = name;
        _strings = new Utf8Table(values.Where(IsString).Select(value => JsonText.ToUtf8(JsonText.RawOf(value))));
        _others = [.. values.Where(value => !IsString(value))];
    }

    /// <summary>The allowed values, where all of them are strings; else null.</summary>
    public IReadOnlyList<string>? Strings => _others.Length == 0 ? _strings.Names : null;

    public override bool Accepts(in Instance value, Evaluation evaluation)
    {
        if (value.Kind == JsonValueKind.String)
        {
            if (!evaluation.TrySpendText(value.Text.Length)) return false;
            return _strings.IndexOfRaw(value.Text) >= 0
                || evaluation.Fail(_name, $"{value} is not allowed{Expectation(JsonText.Decode(value.Text))}");
        }
        if (!evaluation.TrySpend(_others.Length)) return false;
        foreach (var other in _others)
        {
            if (other.ValueKind == value.Kind && JsonEquality.AreEqual(other, value.Element, evaluation)) return true;
        }
        return evaluation.Fail(_name, $"{value} is not allowed{Expectation("")}");
    }

    private string Expectation(string found)
    {
        List<string> values = [.. _strings.Names.Select(Excerpt.Quote), .. _others.Select(Show)];
        var hint = NearestName.Find(found, _strings.Names) is { } nearest ? $"; did you mean {Excerpt.Quote(nearest)}?" : ".";
        return values.Count == 1 ? $"; it must be {values[0]}." : $"; it must be one of {Excerpt.List(values)}{hint}";
    }

    private static bool IsString(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static string Show(JsonElement value) => Excerpt.Shorten(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value)));
}
