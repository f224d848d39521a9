using System.Text.Json;
using Sluice.Cli.Output;

namespace Sluice.Cli.Tests.Output;

public sealed class ShortJsonTests
{
    [Theory]
    [InlineData("""{"query":"boots","limit":3,"none":null}""", "query: boots, limit: 3")]
    [InlineData("""{"set":{"kind":"ProductSet","id":"ref-0123456789abcdef0123456789abcdef"}}""", "set: ProductSet ref-012345…")]
    [InlineData("""{"ids":[1,2,3,4,5],"empty":[],"inner":{"a":true}}""", "ids: 1, 2, 3 and 2 more, empty: none, inner: {a: true}")]
    [InlineData("\"a\\u001b[2J\\nb\"", "a\\u001b[2J b")]
    public void Value_IsReadOnALine(string json, string shown) => ShortJson.Of(JsonElement.Parse(json), 100).ShouldBe(shown);

    [Fact]
    public void Value_ThatIsLong_IsCut() => ShortJson.Of(JsonSerializer.SerializeToElement(new { text = new string('x', 1_000_000) }), 12).ShouldBe("text: xxxxx…");
}
