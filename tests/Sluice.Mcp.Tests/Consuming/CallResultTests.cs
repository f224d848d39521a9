using System.Text.Json;
using Sluice.Mcp.Consuming;

namespace Sluice.Mcp.Tests.Consuming;

public sealed class CallResultTests
{
    private const string Image = """{"type":"image","mimeType":"image/png","data":"AAAA"}""";

    [Theory]
    [InlineData("""{"content":[{"type":"text","text":"a"}]}""", "\"a\"")]
    [InlineData("""{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}""", "\"a\\nb\"")]
    [InlineData("""{"content":[]}""", "\"\"")]
    [InlineData("""{}""", "\"\"")]
    [InlineData("""{"structuredContent":{"a":1},"content":[{"type":"text","text":"{\"a\":1}"}]}""", """{"a":1}""")]
    [InlineData("""{"structuredContent":[1],"content":[{"type":"text","text":"a"}]}""", "\"a\"")]
    [InlineData("""{"content":[{"type":"text","text":"a"},""" + Image + "]}", """{"content":[{"type":"text","text":"a"},""" + Image + "]}")]
    [InlineData("""{"structuredContent":{"a":1},"content":[{"type":"text","text":"a"},""" + Image + "]}", """{"structuredContent":{"a":1},"content":[""" + Image + "]}")]
    [InlineData("""{"content":[{"type":"of tomorrow"},7]}""", """{"content":[{"type":"of tomorrow"},7]}""")]
    public void Result_IsTheStructuredContentOrTheTextOrTheBlocks(string answer, string result) =>
        CallResult.Read(JsonElement.Parse(answer)).GetRawText().ShouldBe(result);

    [Theory]
    [InlineData("""{"isError":true,"content":[{"type":"text","text":"The books\nare \u001b[31mclosed."}]}""", "The books\nare  [31mclosed.")]
    [InlineData("""{"isError":true}""", "The tool failed and did not say why.")]
    public void Error_IsTheServersTextWithoutControlCharacters(string answer, string message)
    {
        var exception = Should.Throw<SluiceException>(() => CallResult.Read(JsonElement.Parse(answer)));

        (exception.Code, exception.Message).ShouldBe(("tool_failed", message));
    }

    [Fact]
    public void ErrorOfAnyLength_IsShortened() =>
        Should.Throw<SluiceException>(() => CallResult.Read(JsonSerializer.SerializeToElement(new { isError = true, content = new[] { new { type = "text", text = new string('x', 1_000_000) } } })))
            .Message.Length.ShouldBeLessThan(2100);

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    public void AnswerThatIsNoObject_IsAnInvalidResult(string answer) =>
        Should.Throw<SluiceException>(() => CallResult.Read(JsonElement.Parse(answer))).Code.ShouldBe("invalid_result");
}
