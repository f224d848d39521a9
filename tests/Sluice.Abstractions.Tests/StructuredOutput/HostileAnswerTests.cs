using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.Abstractions.Tests.StructuredOutput;

/// <summary>What models write instead of one JSON value, and what is meant to break a reader.</summary>
public sealed class HostileAnswerTests
{
    private static readonly ChatMessage[] Question = [new(ChatRole.User, "Count.")];
    private static readonly JsonElement Any = JsonElement.Parse("true");
    private static readonly JsonElement Counting = JsonElement.Parse("""{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":false}""");

    [Theory]
    [InlineData("""{"n":1}""")]
    [InlineData("  \r\n{\"n\":1}\n")]
    [InlineData("```json\n{\"n\":1}\n```")]
    [InlineData("```\n{\"n\":1}\n```\n")]
    [InlineData("```json {\"n\":1}```")]
    [InlineData("Here it is:\n\n```json\n{\"n\":1}\n```\nI hope that helps!")]
    [InlineData("The answer is {\"n\":1}.")]
    [InlineData("Of the set {a, b} [both of them] the count is {\"n\": 1} (see note).")]
    [InlineData("\uFEFF{\"n\":1}")]
    public async Task Answer_WithOneValue_IsFound(string text) =>
        (await Answers.Client(text).GetStructuredAsync(Question, Counting)).Value.GetProperty("n").GetInt32().ShouldBe(1);

    [Theory]
    [InlineData("5", "5")]
    [InlineData("```json\n\"text with ``` in it\"\n```", "\"text with ``` in it\"")]
    [InlineData("null", "null")]
    public async Task Answer_ThatIsAScalarAlone_IsFound(string text, string json) =>
        (await Answers.Client(text).GetStructuredAsync(Question, Any)).Value.GetRawText().ShouldBe(json);

    [Theory]
    [InlineData("I cannot say.", "There is no JSON object or array in the answer.")]
    [InlineData("{\"n\":1} {\"n\":2}", "There are several JSON values")]
    [InlineData("{\"n\":1}\n{\"n\":1}", "There are several JSON values")]
    [InlineData("First [1], then {\"n\":1}", "There are several JSON values")]
    [InlineData("{\"n\":1,\"n\":2}", "Duplicate property 'n'")]
    [InlineData("{\"n\":NaN}", "The JSON is not valid")]
    [InlineData("{\"n\":Infinity}", "The JSON is not valid")]
    [InlineData("{'n':1}", "The JSON is not valid")]
    [InlineData("{\"n\":1,}", "The JSON is not valid")]
    [InlineData("{\"n\":1 // one\n}", "The JSON is not valid")]
    [InlineData("{\"n\":01}", "The JSON is not valid")]
    [InlineData("{\"m\":{\"n\":1}, oops", "The JSON is not valid")]
    [InlineData("So: {\"m\":[{\"n\":1}], oops}", "The JSON is not valid")]
    [InlineData("{\"n\":\"\\ud800\"}", "surrogate")]
    [InlineData("{\"n\":\"1\"}", "/n: ")]
    [InlineData("{\"n\":1.5}", "/n: ")]
    [InlineData("{\"n\":null}", "/n: ")]
    [InlineData("{\"n\":1,\"extra\":2}", "extra")]
    [InlineData("[{\"n\":1}]", "(root): Expected object")]
    [InlineData("{}", "(root): \"n\" is required")]
    public async Task Answer_ThatIsNotTheValue_IsRefusedWithTheReason(string text, string reason)
    {
        var client = Answers.Client(text, text);

        var error = await Should.ThrowAsync<StructuredOutputException>(client.GetStructuredAsync(Question, Counting));

        error.Code.ShouldBe(ErrorCodes.InvalidOutput);
        error.Violations.ShouldNotBeEmpty();
        error.Message.ShouldContain(reason);
        client.Requests[1].Messages[^1].Text.ShouldContain(reason);
    }

    [Theory]
    [InlineData(65)]
    [InlineData(500)]
    [InlineData(5_000)]
    [InlineData(400_000)]
    public async Task Answer_ThatIsTooDeep_IsRefusedAsAWhole(int depth)
    {
        foreach (var before in (string[])["", "Here: "])
        {
            var text = before + new string('[', depth) + new string(']', depth);
            (await Should.ThrowAsync<StructuredOutputException>(Answers.Client(text).GetStructuredAsync(Question, Any, new() { AllowRepair = false })))
                .Violations.ShouldHaveSingleItem().Keyword.ShouldBe("json");
        }
    }

    [Fact]
    public async Task Answer_ThatIsTooLong_IsRefusedAndSentBackInPart()
    {
        var client = Answers.Client($"{{\"n\":\"{new string('é', 600_000)}\"}}", """{"n":1}""");

        (await client.GetStructuredAsync(Question, Counting)).IsRepaired.ShouldBeTrue();

        client.Requests[1].Messages[^2].Text.Length.ShouldBeLessThan(20_000);
        client.Requests[1].Messages[^1].Text.ShouldContain("The answer is 1200008 bytes long; the most is 1048576.");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("[\"")]
    [InlineData("{\"a\":[")]
    [InlineData("```")]
    [InlineData("x [y {z ")]
    public async Task Answer_OfManyBrackets_EndsWithAnError(string piece)
    {
        var text = "I say " + string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length));

        (await Should.ThrowAsync<StructuredOutputException>(Answers.Client(text).GetStructuredAsync(Question, Counting, new() { AllowRepair = false })))
            .Message.Length.ShouldBeLessThan(2000);
    }

    [Fact]
    public async Task Answer_WithManyViolations_ListsTheFirstOnes()
    {
        var text = $"{{{string.Join(',', Enumerable.Range(0, 90).Select(n => $"\"m{n}\":1"))}}}";
        var client = Answers.Client(text, """{"n":1}""");

        await client.GetStructuredAsync(Question, Counting);

        client.Requests[1].Messages[^1].Text.Split("\n- ").Length.ShouldBe(22);
    }
}
