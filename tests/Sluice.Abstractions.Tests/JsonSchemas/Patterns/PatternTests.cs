using System.Text.Json;

namespace Sluice.JsonSchemas.Patterns;

public sealed class PatternTests
{
    [Theory]
    [InlineData("^a.c$", "abc", true)]
    [InlineData("^a.c$", "a\nc", false)]
    [InlineData("^a.c$", "a\u2028c", false)]
    [InlineData("^.$", "🐲", true)]
    [InlineData("^[^a]$", "🐲", true)]
    [InlineData("^[🐲-🐵]{2}$", "🐳🐵", true)]
    [InlineData("^[🐲-🐵]$", "🐶", false)]
    [InlineData(@"^\u{1F432}\ud83d\udc32$", "🐲🐲", true)]
    [InlineData(@"^\D$", "\u07c0", true)]
    [InlineData(@"^\w+$", "é", false)]
    [InlineData(@"^\s$", "\ufeff", true)]
    [InlineData(@"^\cJ$", "\n", true)]
    [InlineData(@"^\x41\0$", "A\0", true)]
    [InlineData(@"^a\/b$", "a/b", true)]
    [InlineData("^abc$", "abc\n", false)]
    [InlineData(@"^[\w.-]+@[\w-]+\.\w{2,}$", "a.b-c@d-e.org", true)]
    [InlineData(@"\bfoo\b", "a foo!", true)]
    [InlineData(@"\bfoo\b", "éfoo", true)]
    [InlineData(@"\bfoo\b", "_foo", false)]
    [InlineData(@"^(?:(a)|b)\1$", "b", true)]
    [InlineData(@"^(?<q>['""]).*\k<q>$", "'x'", true)]
    [InlineData(@"^(?<q>['""]).*\k<q>$", "'x\"", false)]
    [InlineData(@"^(?<n>a)(b)\1\2$", "abab", true)]
    [InlineData(@"^(?!-)[a-z-]+(?<!-)$", "a-b", true)]
    [InlineData(@"^(?!-)[a-z-]+(?<!-)$", "a-", false)]
    [InlineData("^[]$", "a", false)]
    [InlineData("^[^]$", "\n", true)]
    [InlineData("^{x}$", "{x}", true)]
    [InlineData(@"^\p{Lu}\p{Script_Extensions=Latin}?$", "A", null)]
    [InlineData(@"^\p{Uppercase_Letter}\p{gc=Ll}\P{L}$", "Ab1", true)]
    [InlineData(@"^\p{Lu}$", "𝐀", true)]
    [InlineData(@"^[\p{Nd}_]+$", "৪_", true)]
    [InlineData(@"^\P{Lu}$", "𝐀", false)]
    [InlineData(@"^\P{Lu}$", "🐲", true)]
    [InlineData(@"^\P{Assigned}$", "a", false)]
    [InlineData(@"^\p{Assigned}$", "a", true)]
    [InlineData(@"^\P{Assigned}$", "\u0378", true)]
    [InlineData(@"^(\p{L}|\p{N})+$", "𝐀é9", true)]
    [InlineData("^a{2}$", "aa", true)]
    [InlineData("^a{2,3}?$", "aaaa", false)]
    [InlineData("^[a-z-[aeiou]]$", "b", false)]
    [InlineData("(?i)a", "A", null)]
    [InlineData("(?>a)", "a", null)]
    [InlineData(@"\Z", "", null)]
    [InlineData(@"\a", "", null)]
    [InlineData("*a", "", null)]
    [InlineData("a**", "", null)]
    [InlineData("a)", "", null)]
    [InlineData("[b-a]", "", null)]
    [InlineData("a{3,2}", "", null)]
    [InlineData(@"(a)\2", "", null)]
    [InlineData(@"\k<x>", "", null)]
    [InlineData(@"\u{110000}", "", null)]
    [InlineData("\\", "", null)]
    [InlineData("[a", "", null)]
    public void Pattern_MeansWhatEcmaScriptMeans(string pattern, string text, bool? isMatch)
    {
        var isCompiled = JsonSchema.TryCompile(JsonSerializer.SerializeToElement(new { pattern }), null, out var schema, out var problems);

        isCompiled.ShouldBe(isMatch is not null);
        if (isCompiled) schema!.IsValid(JsonSerializer.SerializeToElement(text)).ShouldBe(isMatch!.Value);
        else problems.ShouldHaveSingleItem().Path.ShouldBe("/pattern");
    }

    [Fact]
    public void Patterns_BeyondTheFirstHundred_StillMatch()
    {
        var patterns = Enumerable.Range(0, 150).Select(i => new { pattern = $"^{i}|x{{{i + 1}}}" });
        var schema = JsonSchema.Compile(JsonSerializer.SerializeToElement(new { anyOf = patterns }));

        schema.IsValid(JsonSerializer.SerializeToElement("149")).ShouldBeTrue();
        schema.IsValid(JsonSerializer.SerializeToElement("y")).ShouldBeFalse();
    }

    [Fact]
    public void PatternProperties_OnLongNames_AreMatched()
    {
        var schema = JsonSchema.Compile(JsonElement.Parse("""{ "patternProperties": { "z$": { "type": "string" } }, "additionalProperties": false }"""));
        var name = new string('é', 1000) + "z";

        schema.IsValid(JsonSerializer.SerializeToElement(new Dictionary<string, string> { [name] = "x" })).ShouldBeTrue();
        schema.IsValid(JsonSerializer.SerializeToElement(new Dictionary<string, string> { [name + "y"] = "x" })).ShouldBeFalse();
    }
}
