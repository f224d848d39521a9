using System.Globalization;
using System.Text;
using System.Text.Json;
using Sluice.Json;

namespace Sluice.Runtime.Audit;

/// <summary>Writes values for a person's terminal: short, on one line, and unable to do anything there.</summary>
internal static class Words
{
    private const int MostCharacters = 160;

    public static string Of(ApprovalOutcome outcome) => outcome.ToString().ToLowerInvariant();

    public static string Of(FinishReason reason) => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());

    public static string Of(ErrorInfo error) => Plain($"{error.Code}: {error.Message}");

    public static string Quote(string text) => $"\"{Plain(text)}\"";

    /// <summary>A value as JSON, with no more of it than fits a line.</summary>
    public static string Of(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined ? "nothing" : Plain(JsonSerializer.Serialize(value, SluiceJson.Options));

    /// <summary>The text without what could move a cursor, change a colour or turn the direction of writing.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(Math.Min(text.Length, MostCharacters + 1));
        foreach (var rune in text.EnumerateRunes())
        {
            if (plain.Length >= MostCharacters) return plain.Append('…').ToString();
            var isPlain = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
            if (isPlain) plain.Append(rune.ToString());
            else if (plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
        }

        return plain.ToString();
    }
}
