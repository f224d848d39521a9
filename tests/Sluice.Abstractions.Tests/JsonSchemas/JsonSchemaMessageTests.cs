using System.Text.Json;

namespace Sluice.JsonSchemas;

public sealed class JsonSchemaMessageTests
{
    private static readonly JsonSchema Plan = Compile("""
        {
          "type": "object",
          "required": ["actions"],
          "properties": {
            "actions": { "type": "array", "items": { "oneOf": [{ "$ref": "#/$defs/price" }, { "$ref": "#/$defs/restock" }] } }
          },
          "$defs": {
            "price": {
              "type": "object",
              "required": ["kind", "amount"],
              "properties": { "kind": { "const": "price_change" }, "amount": { "type": "number", "minimum": 0 }, "discountPct": { "type": "number" } },
              "additionalProperties": false
            },
            "restock": {
              "type": "object",
              "required": ["kind", "quantity"],
              "properties": { "kind": { "const": "restock" }, "quantity": { "type": "integer" } },
              "additionalProperties": false
            }
          }
        }
        """);

    [Fact]
    public void Union_WithMatchingKind_ReportsOnlyThatBranch()
    {
        var violations = Plan.Validate(JsonElement.Parse("""{"actions":[{"kind":"price_change","amount":-3,"discountPercent":5}]}"""));

        violations.Select(violation => violation.ToString()).ShouldBe(
        [
            "/actions/0/amount: -3 must be at least 0.",
            "/actions/0/discountPercent: \"discountPercent\" is not allowed here; did you mean \"discountPct\"?",
        ]);
        violations[0].SchemaPath.ShouldBe("/properties/actions/items/oneOf/0/$ref/properties/amount/minimum");
        violations[0].Keyword.ShouldBe("minimum");
        violations[1].SchemaPath.ShouldBe("/properties/actions/items/oneOf/0/$ref/additionalProperties");
    }

    [Fact]
    public void Union_WithUnknownKind_ListsTheKinds()
    {
        var violation = Plan.Validate(JsonElement.Parse("""{"actions":[{"kind":"pricechange","amount":1}]}""")).ShouldHaveSingleItem();

        violation.ToString().ShouldBe(
            "/actions/0/kind: \"pricechange\" is not a known \"kind\"; it must be one of \"price_change\", \"restock\"; did you mean \"price_change\"?");
    }

    [Fact]
    public void Union_WithoutKind_AsksForIt() =>
        Plan.Validate(JsonElement.Parse("""{"actions":[{"amount":1}]}""")).ShouldHaveSingleItem().ToString()
            .ShouldBe("/actions/0: \"kind\" is required but missing; it must be one of \"price_change\", \"restock\".");

    [Fact]
    public void Union_GivenAnotherType_NamesTheTypes() =>
        Plan.Validate(JsonElement.Parse("""{"actions":["restock"]}""")).ShouldHaveSingleItem().ToString()
            .ShouldBe("/actions/0: expected object, got \"restock\".");

    [Fact]
    public void Union_WithARepeatedKind_IsInvalidWhicheverIsRead()
    {
        Plan.IsValid(JsonElement.Parse("""{"actions":[{"kind":"restock","quantity":1,"kind":"price_change"}]}""")).ShouldBeFalse();
        Plan.IsValid(JsonElement.Parse("""{"actions":[{"kind":"price_change","kind":"restock","quantity":1}]}""")).ShouldBeFalse();
    }

    [Fact]
    public void Union_WithAnEscapedKind_ChoosesTheBranch() =>
        Plan.IsValid(JsonElement.Parse("""{"actions":[{"\u006bind":"re\u0073tock","quantity":1}]}""")).ShouldBeTrue();

    [Fact]
    public void Union_WithKindRequiredByTheOuterSchema_ReportsTheBranchThatWasMeant()
    {
        var schema = Compile("""
            {
              "type": "object", "required": ["kind"],
              "anyOf": [
                { "properties": { "kind": { "const": "a" }, "x": { "type": "integer" } }, "required": ["x"] },
                { "properties": { "kind": { "const": "b" }, "y": { "type": "integer" } } }
              ]
            }
            """);

        schema.Validate(JsonElement.Parse("""{"kind":"a","x":"1"}""")).ShouldHaveSingleItem().InstancePath.ShouldBe("/x");
        schema.Validate(JsonElement.Parse("""{"x":1}""")).ShouldHaveSingleItem().Keyword.ShouldBe("required");
        schema.IsValid(JsonElement.Parse("""{"kind":"b"}""")).ShouldBeTrue();
    }

    [Fact]
    public void Union_WithOptionalKinds_TriesEveryBranch()
    {
        var schema = Compile("""
            {
              "anyOf": [
                { "type": "object", "properties": { "kind": { "const": "a" }, "x": { "type": "integer" } } },
                { "type": "object", "properties": { "kind": { "const": "b" }, "x": { "type": "string" } } }
              ]
            }
            """);

        schema.IsValid(JsonElement.Parse("{}")).ShouldBeTrue();
        schema.IsValid(JsonElement.Parse("""{"x":"text"}""")).ShouldBeTrue();
        schema.IsValid(JsonElement.Parse("""{"kind":"a","x":"text"}""")).ShouldBeFalse();
    }

    [Fact]
    public void Union_OfANullAndAnObject_ReportsTheObject() =>
        Compile("""{ "anyOf": [{ "type": "null" }, { "type": "object", "required": ["a"] }] }""")
            .Validate(JsonElement.Parse("{}")).ShouldHaveSingleItem().ToString().ShouldBe("(root): \"a\" is required but missing.");

    [Fact]
    public void Union_WithoutADiscriminator_TellsTheClosestBranch() =>
        Compile("""{ "anyOf": [{ "required": ["a", "b"] }, { "required": ["c"] }] }""")
            .Validate(JsonElement.Parse("{}")).ShouldHaveSingleItem().Message
            .ShouldBe("an object with 0 properties matches none of the 2 allowed forms. The closest would need: (root): \"c\" is required but missing.");

    [Fact]
    public void OneOf_MatchedTwice_NamesBothBranches() =>
        Compile("""{ "oneOf": [{ "type": "number" }, { "type": "integer" }] }""")
            .Validate(JsonElement.Parse("1")).ShouldHaveSingleItem().Message.ShouldBe("1 matches both /oneOf/0 and /oneOf/1; it must match exactly one.");

    [Theory]
    [InlineData("""{ "type": "integer" }""", "\"7\"", "expected integer, got the string \"7\".")]
    [InlineData("""{ "type": ["string", "null"] }""", "[1]", "expected string or null, got an array of 1 item.")]
    [InlineData("""{ "enum": ["north", "south"] }""", "\"nroth\"", "\"nroth\" is not allowed; it must be one of \"north\", \"south\"; did you mean \"north\"?")]
    [InlineData("""{ "enum": [1, 2, "x"] }""", "3", "3 is not allowed; it must be one of \"x\", 1, 2.")]
    [InlineData("""{ "const": true }""", "false", "false is not allowed; it must be true.")]
    [InlineData("""{ "maxLength": 2 }""", "\"abc\"", "\"abc\" has 3 characters; it must have at most 2.")]
    [InlineData("""{ "pattern": "^a+$" }""", "\"b\"", "\"b\" does not match the pattern ^a+$")]
    [InlineData("""{ "multipleOf": 0.01 }""", "1.005", "1.005 is not a multiple of 0.01.")]
    [InlineData("""{ "minItems": 1 }""", "[]", "there must be at least 1 items, got 0.")]
    [InlineData("""{ "uniqueItems": true }""", "[1,2,1.0]", "the items at 0 and 2 are equal; items must be unique.")]
    [InlineData("""{ "contains": { "const": 1 } }""", "[2]", "0 of the items match what the array must contain; at least 1 must.")]
    [InlineData("""{ "dependentRequired": { "a": ["b"] } }""", """{"a":1}""", "\"b\" is required because \"a\" is there, but missing.")]
    [InlineData("""{ "properties": { "a": true }, "additionalProperties": false }""", """{"zzz":1}""", "\"zzz\" is not allowed here; allowed here: \"a\".")]
    [InlineData("""{ "properties": { "a": false } }""", """{"a":1}""", "1 is not allowed here.")]
    [InlineData("""{ "not": { "type": "null" } }""", "null", "null matches a schema that it must not match.")]
    public void Violation_OfAKeyword_SaysWhatIsThereAndWhatIsExpected(string schema, string instance, string expected) =>
        Compile(schema).Validate(JsonElement.Parse(instance)).ShouldHaveSingleItem().Message.ShouldBe(expected);

    [Fact]
    public void Validate_WithManyFaults_ListsAllOfThem()
    {
        var violations = Compile("""{ "properties": { "a": { "type": "string", "minLength": 3 }, "b": { "minimum": 5, "multipleOf": 2 } }, "required": ["c"] }""")
            .Validate(JsonElement.Parse("""{"a":"x","b":3}"""));

        violations.Select(violation => $"{violation.InstancePath} {violation.Keyword}").ShouldBe(["/a minLength", "/b minimum", "/b multipleOf", " required"]);
    }

    [Fact]
    public void Validate_WithMoreFaultsThanTheLimit_StopsThere()
    {
        var schema = JsonSchema.Compile(JsonElement.Parse("""{ "items": { "type": "string" } }"""), new JsonSchemaOptions { MaxViolations = 3 });

        schema.Validate(JsonElement.Parse("[1,2,3,4,5]")).Count.ShouldBe(3);
    }

    [Fact]
    public void Violation_UnderAnAwkwardName_EscapesThePointer() =>
        Compile("""{ "properties": { "a/b~c": { "type": "null" } } }""").Validate(JsonElement.Parse("""{"a/b~c":1}"""))
            .ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                violation => violation.InstancePath.ShouldBe("/a~1b~0c"),
                violation => violation.SchemaPath.ShouldBe("/properties/a~1b~0c/type"));

    [Fact]
    public void Violation_OfALongText_ShowsItsBeginning() =>
        Compile("""{ "maxLength": 5 }""").Validate(JsonSerializer.SerializeToElement(new string('x', 100_000)))
            .ShouldHaveSingleItem().Message.Length.ShouldBeLessThan(150);

    [Fact]
    public void UnevaluatedProperties_WhereABranchFails_DoesNotBlameItsProperties() =>
        Compile("""{ "allOf": [{ "properties": { "a": { "type": "string" } } }], "unevaluatedProperties": false }""")
            .Validate(JsonElement.Parse("""{"a":1}""")).ShouldHaveSingleItem().Keyword.ShouldBe("type");

    private static JsonSchema Compile(string schema) => JsonSchema.Compile(JsonElement.Parse(schema));
}
