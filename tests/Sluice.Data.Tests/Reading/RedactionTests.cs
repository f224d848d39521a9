using Sluice.Data.Reading;

namespace Sluice.Data.Tests.Reading;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("postgres://ann:hunter2@db:5432/shop", "postgres://***@db:5432/shop")]
    [InlineData("postgres://ann@db/shop", "postgres://***@db/shop")]
    [InlineData("redis://:hunter2@cache/1", "redis://***@cache/1")]
    [InlineData("postgres://ann:p@hunter2@db/shop", "postgres://***@db/shop")]
    [InlineData("postgres://ann:hunter2/x@db/shop", "postgres://***@db/shop")]
    [InlineData("postgres://db/shop?user=ann&password=hunter2&ssl=true", "postgres://db/shop?user=ann&password=***&ssl=true")]
    [InlineData("could not reach postgres://ann:hunter2@db/shop: refused", "could not reach postgres://***@db/shop: refused")]
    [InlineData("Host=db;Password=hunter2;Database=shop", "Host=db;Password=***;Database=shop")]
    [InlineData("sqlite:shop.db", "sqlite:shop.db")]
    [InlineData("mail ann@acme.example about //comments", "mail ann@acme.example about //comments")]
    public void Text_WithAnAddress_LosesItsCredentials(string text, string expected) => Redaction.OfText(text).ShouldBe(expected);

    [Fact]
    public void Text_OfSomebodyElse_LosesThePasswordOfAKnownAddress() =>
        Redaction.OfText("FATAL: password hunter 2 of ann is wrong", "postgres://ann:hunter%202@db/shop").ShouldNotContain("hunter 2");

    [Fact]
    public void Settings_AsText_HoldNoCredentials()
    {
        const string url = "postgres://ann:hunter2@db/shop";
        var environment = new DataEnvironment
        {
            TargetDatabase = new() { Url = url },
            Catalog = new() { Url = url },
            KeyValue = new() { Url = "redis://:hunter2@cache" },
        };

        environment.ToString().ShouldContain("postgres://***@db/shop");
        environment.ToString().ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("""{"targetDatabase": {"kind": "sqlite", "url": "postgres://ann:hunter2@db/shop"}}""")]
    [InlineData("""{"targetDatabaseUrl": "postgres//ann:hunter2@db/shop"}""")]
    [InlineData("""{"targetDatabaseUrl": "mysql://ann:hunter2@db/shop"}""")]
    [InlineData("""{"targetDatabaseUrl": "postgres://ann:hunter2@/shop"}""")]
    [InlineData("""{"targetDatabaseUrl": ["postgres://ann:hunter2@db/shop"]}""")]
    [InlineData("""{"postgres://ann:hunter2@db/shop": 1}""")]
    [InlineData("""{"kv": {"urlEnv": "redis://:hunter2@cache"}}""")]
    [InlineData("""{"kv": {"kind": "redis://:hunter2@cache"}}""")]
    [InlineData("""{"kv": {"kind": "memory", "url": "redis://:hunter2@cache"}}""")]
    [InlineData("""{"catalog": {"entries": [{"id": "postgres://ann:hunter2@db/shop"}]}}""")]
    [InlineData("""{"catalog": {"url": "postgres://ann:hunter2@db/shop" "x"}}""")]
    public void Errors_OfAFileWithAPassword_DoNotShowIt(string json) =>
        Should.Throw<SpecValidationException>(() => DataEnvironment.FromJson(json)).ToString().ShouldNotContain("hunter2");

    [Theory]
    [InlineData("url: [postgres://ann:hunter2@db/shop")]
    [InlineData("postgres://ann:hunter2@db/shop: {")]
    [InlineData("a: b: postgres://ann:hunter2@db/shop")]
    [InlineData("a: &hunter2 b")]
    public void Errors_OfAYamlFileWithAPassword_DoNotShowIt(string yaml) =>
        Should.Throw<SpecValidationException>(() => DataEnvironment.FromYaml(yaml)).ToString().ShouldNotContain("hunter2");
}
