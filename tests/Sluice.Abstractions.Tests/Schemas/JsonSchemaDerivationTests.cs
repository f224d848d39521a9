using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.JsonSchemas;

namespace Sluice.Tests.Schemas;

public sealed class JsonSchemaDerivationTests
{
    [Theory]
    [InlineData("sized", """{"type":"string","minLength":2,"maxLength":10}""")]
    [InlineData("code", """{"type":"string","pattern":"^(?:[A-Z]{3}|x)$"}""")]
    [InlineData("mail", """{"type":"string","format":"email"}""")]
    [InlineData("web", """{"type":"string","format":"uri"}""")]
    [InlineData("choice", """{"type":"string","enum":["a","b"]}""")]
    [InlineData("denied", """{"type":"string","not":{"enum":["","none"]}}""")]
    [InlineData("few", """{"type":"array","items":{"type":"integer","minimum":-2147483648,"maximum":2147483647},"minItems":1,"maxItems":3}""")]
    [InlineData("share", """{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1}""")]
    [InlineData("exact", """{"type":"number","minimum":0.5,"maximum":9.5}""")]
    [InlineData("atLeastZero", """{"type":"number","minimum":0}""")]
    [InlineData("onTheParameter", """{"type":"integer","minimum":1,"maximum":5}""")]
    [InlineData("number", """{"type":"integer","minimum":-9223372036854775808,"maximum":9223372036854775807,"enum":[1,2]}""")]
    [InlineData("marked", """{"type":"string","minLength":1}""")]
    [InlineData("preset", """{"type":"integer","minimum":-2147483648,"maximum":2147483647,"default":7}""")]
    public void Attribute_OnAMember_BecomesKeywords(string member, string expected) =>
        JsonNode.DeepEquals(Derive<Sample.Annotated>()["properties"]![member], JsonNode.Parse(expected))
            .ShouldBeTrue(Derive<Sample.Annotated>()["properties"]![member]!.ToJsonString());

    [Fact]
    public void ComputedMember_IsReadOnly() =>
        ((bool)Derive<Sample.Annotated>()["properties"]!["computed"]!["readOnly"]!).ShouldBeTrue();

    [Fact]
    public void MarkedMember_IsRequiredBesideTheParameters() =>
        Names(Derive<Sample.Annotated>()["required"]).ShouldBe(
        [
            "sized", "code", "mail", "web", "choice", "denied", "few", "small", "share", "exact", "atLeastZero", "onTheParameter", "number", "marked",
        ]);

    [Fact]
    public void Members_OfARecord_AreClosedAndRequiredUnlessOptional()
    {
        var schema = Derive<Sample.Plan>();

        Names(schema["required"]).ShouldBe(["rationale", "actions"]);
        ((bool)schema["additionalProperties"]!).ShouldBeFalse();
        Names(schema["properties"]!["note"]!["type"]).ShouldBe(["string", "null"]);
        schema["properties"]!.AsObject().ContainsKey("note").ShouldBeTrue();
    }

    [Fact]
    public void Union_ByAttributes_HasOneClosedBranchPerKind()
    {
        var change = Derive<Sample.Change>();

        var branches = change["anyOf"]!.AsArray();
        branches.Select(branch => (string)branch!["properties"]!["kind"]!["const"]!).ShouldBe(["price_change", "bundle"]);
        branches.ShouldAllBe(branch => !(bool)branch!["additionalProperties"]!);
        Names(change["required"]).ShouldBe(["kind"]);
        ((string)branches[0]!["description"]!).ShouldBe("Sets a price.");
    }

    [Fact]
    public void Enum_IsListedInSnakeCase_WithItsDefault()
    {
        var season = Derive<Sample.PriceChange>()["properties"]!["season"]!;

        season.ToJsonString().ShouldBe("""{"type":"string","enum":["winter","late_summer","any"],"default":"winter"}""");
    }

    [Fact]
    public void RecursiveType_RefersToADefinitionByItsName()
    {
        var schema = Derive<Sample.Node>();

        ((string)schema["properties"]!["next"]!["$ref"]!).ShouldBe("#/$defs/Node");
        ((string)schema["properties"]!["children"]!["$ref"]!).ShouldBe("#/$defs/NodeList");
        ((string)schema["$defs"]!["NodeList"]!["items"]!["$ref"]!).ShouldBe("#");
        ((string)schema["$defs"]!["Node"]!["description"]!).ShouldBe("What comes after.");
    }

    [Fact]
    public void Handle_IsKindAndId_AndNamesItsValue() => Derive<Ref<Sample.ProductSet>>().ToJsonString().ShouldBe(
        """
        {"description":"The handle of a stored ProductSet.","type":"object","properties":{"kind":{"type":"string"},"id":{"type":"string","pattern":"^ref-[0-9a-f]{32}$"}},"required":["kind","id"],"additionalProperties":false}
        """.Trim());

    [Fact]
    public void NullableElements_AreAllowedOnlyWhereDeclared()
    {
        var properties = Derive<Sample.Collections>()["properties"]!;

        ((string)properties["names"]!["items"]!["type"]!).ShouldBe("string");
        Names(properties["holes"]!["items"]!["type"]).ShouldBe(["string", "null"]);
        Names(properties["bySeason"]!["additionalProperties"]!["type"]).ShouldBe(["number", "null"]);
        Names(properties["bySeason"]!["propertyNames"]!["enum"]).ShouldBe(["winter", "late_summer", "any"]);
        ((bool)properties["tags"]!["uniqueItems"]!).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"productId":"p","newPrice":0}""", "/newPrice")]
    [InlineData("""{"productId":"p","newPrice":1,"colour":"red"}""", "/colour")]
    [InlineData("""{"productId":null,"newPrice":1}""", "/productId")]
    [InlineData("""{"newPrice":1}""", "")]
    [InlineData("""{"productId":"p","newPrice":1,"season":"spring"}""", "/season")]
    public void DerivedSchema_OfAWrongValue_ReportsThePlace(string json, string path) =>
        JsonSchema.Compile(JsonSchemaDerivation.Derive<Sample.PriceChange>()).Validate(JsonElement.Parse(json))
            .ShouldHaveSingleItem().InstancePath.ShouldBe(path);

    private static JsonNode Derive<T>() => JsonNode.Parse(JsonSchemaDerivation.Derive<T>().GetRawText())!;

    private static string[] Names(JsonNode? names) => [.. names!.AsArray().Select(name => (string)name!)];
}
