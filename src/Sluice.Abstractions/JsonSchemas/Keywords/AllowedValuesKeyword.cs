using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Sluice.Json;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.JsonSchemas.Keywords;

/// <summary><c>enum</c> and <c>const</c>.</summary>
internal sealed class AllowedValuesKeyword : Keyword
{
    private readonly string name;
    private readonly Utf8Table strings;
    private readonly JsonElement[] others;

    public AllowedValuesKeyword(string name, IReadOnlyList<JsonElement> values)
    {
        this.name = name;
        strings = new Utf8Table(values.Where(IsString).Select(value => JsonText.ToUtf8(JsonText.RawOf(value))));
        others = [.. values.Where(value => !IsString(value))];
    }

    /// <summary>The allowed values, where all of them are strings; else null.</summary>
    public IReadOnlyList<string>? Strings => others.Length == 0 ? strings.Names : null;

    public override bool Accepts(in Instance value, Evaluation evaluation)
    {
        if (value.Kind == JsonValueKind.String)
        {
            if (!evaluation.TrySpendText(value.Text.Length)) return false;
            return strings.IndexOfRaw(value.Text) >= 0
                || evaluation.Fail(name, $"{value} is not allowed{Expectation(JsonText.Decode(value.Text))}");
        }
        if (!evaluation.TrySpend(others.Length)) return false;
        foreach (var other in others)
        {
            if (other.ValueKind == value.Kind && JsonEquality.AreEqual(other, value.Element, evaluation)) return true;
        }
        return evaluation.Fail(name, $"{value} is not allowed{Expectation("")}");
    }

    private string Expectation(string found)
    {
        List<string> values = [.. strings.Names.Select(Excerpt.Quote), .. others.Select(Show)];
        var hint = NearestName.Find(found, strings.Names) is { } nearest ? $"; did you mean {Excerpt.Quote(nearest)}?" : ".";
        return values.Count == 1 ? $"; it must be {values[0]}." : $"; it must be one of {Excerpt.List(values)}{hint}";
    }

    private static bool IsString(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static string Show(JsonElement value) => Excerpt.Shorten(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(value)));
}
