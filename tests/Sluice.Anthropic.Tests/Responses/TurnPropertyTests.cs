using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Anthropic.Tests.Wire;
using Sluice.Json;
using Sluice.ModelServer;
using Sluice.ModelServer.Anthropic;

namespace Sluice.Anthropic.Tests.Responses;

/// <summary>Any turn, put into the wire format, cut anywhere and read, is the same turn.</summary>
public sealed class TurnPropertyTests
{
    private static readonly Gen<string> Word = Gen.Elements("a", "über", " ", "\n", "\"", "\\", "🐻", "{}", "data: x\n\n", "\u2028", "\u0001", "</script>");

    private static readonly Gen<string> Text = Gen.NonEmptyListOf(Word).Select(words => string.Concat(words));

    private static readonly Gen<JsonElement> Arguments = Text.ArrayOf().Select(texts =>
        JsonSerializer.SerializeToElement(texts.Select((text, index) => (Name: $"{text}{index}", text)).ToDictionary(pair => pair.Name, pair => new { pair.text, n = 1.5 })));

    private static readonly Gen<ServedPart> Part = Gen.OneOf(
        Text.Select(ServedPart (text) => new ServedText(text)),
        Text.Select(ServedPart (text) => new ServedReasoning(text, "c2ln")),
        Gen.Constant<ServedPart>(new ServedReasoning("", "b21pdHRlZA==")),
        Gen.Constant<ServedPart>(new ServedReasoning("", "cmVkYWN0ZWQ=", IsRedacted: true)),
        Arguments.Select(ServedPart (arguments) => new ServedCall("toolu", "tool", arguments)));

    private static readonly Gen<(ServedTurn Turn, int[] Pieces)> Turns =
        from parts in Gen.NonEmptyListOf(Part)
        from length in Gen.Choose(1, 20)
        from tokens in Gen.Choose(0, 100_000).ArrayOf(4)
        from pieces in Gen.Choose(1, 300).NonEmptyListOf()
        select (new ServedTurn
        {
            Parts = [.. parts],
            DeltaLength = length,
            InputTokens = tokens[0],
            OutputTokens = tokens[1],
            CacheReadTokens = tokens[2],
            CacheWriteTokens = tokens[3],
        }, pieces.ToArray());

    [Fact]
    public void Turn_OverTheWireInAnyPieces_IsTheSame() => Prop.ForAll(Turns.ToArbitrary(), sample =>
    {
        var (turn, pieces) = sample;
        var handler = AnsweringHandler.Stream(string.Concat(AnthropicEvents.Of(turn, Clients.Model)), pieces);
        var answer = Answer.ReadAsync(Clients.Ours(handler)).GetAwaiter().GetResult();
        return answer.Parts == PartsOf(turn)
            && answer.FinishReason == (turn.Parts.Any(part => part is ServedCall) ? "tool_calls" : "stop")
            && answer.Usage == $"in {turn.InputTokens + turn.CacheReadTokens + turn.CacheWriteTokens}, cached {turn.CacheReadTokens}, out {turn.OutputTokens}, thought 0";
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static string PartsOf(ServedTurn turn)
    {
        var parts = new StringBuilder();
        var isText = false;
        foreach (var part in turn.Parts)
        {
            if (parts.Length > 0 && !(isText && part is ServedText)) parts.Append('\n');
            parts.Append(part switch
            {
                ServedText text => (isText ? "" : "text: ") + text.Text,
                ServedReasoning { Text: "" } reasoning => $"protected: {reasoning.Signature}",
                ServedReasoning reasoning => $"thinking: {reasoning.Text}\nprotected: {reasoning.Signature}",
                ServedCall call => $"call: {call.Id} {call.Name} {CanonicalJson.ToText(call.Arguments)}",
                _ => "",
            });
            isText = part is ServedText;
        }

        return parts.ToString();
    }
}
