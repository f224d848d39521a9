using System.Text.Json;

namespace Sluice.JsonSchemas;

public sealed class JsonSchemaValidationTests
{
    [Theory]
    [InlineData("9007199254740993", "9007199254740992", false)]
    [InlineData("9007199254740993", "9007199254740993.0", true)]
    [InlineData("1", "10e-1", true)]
    [InlineData("0.1", "0.1000000000000000055511151231257827", false)]
    [InlineData("-0", "0.0", true)]
    [InlineData("1e400", "10e399", true)]
    [InlineData("""{"a":1,"b":[1.0]}""", """{"b":[1],"a":1e0}""", true)]
    [InlineData("\"a\"", "\"\\u0061\"", true)]
    [InlineData("[1,2]", "[2,1]", false)]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""", false)]
    public void Const_ComparesByValue(string constant, string instance, bool isEqual) =>
        Compile($$"""{ "const": {{constant}} }""").IsValid(JsonElement.Parse(instance)).ShouldBe(isEqual);

    [Fact]
    public void Const_OfALargeObjectInAnotherOrder_IsEqual()
    {
        var names = Enumerable.Range(0, 500).Select(i => $"\"n{i}\":{i}").ToList();

        Compile($$"""{ "const": { {{string.Join(',', names)}} } }""").IsValid(JsonElement.Parse($"{{{string.Join(',', names.AsEnumerable().Reverse())}}}")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("multipleOf", "0.0001", "0.0075", true)]
    [InlineData("multipleOf", "0.0001", "0.00751", false)]
    [InlineData("multipleOf", "0.123456789", "1e308", false)]
    [InlineData("multipleOf", "12345678901234567890123", "37037036703703703670369", true)]
    [InlineData("multipleOf", "12345678901234567890123", "37037036703703703670370", false)]
    [InlineData("maximum", "9007199254740992", "9007199254740993", false)]
    [InlineData("maximum", "100", "1e2", true)]
    [InlineData("exclusiveMinimum", "0", "1e-400", true)]
    [InlineData("minimum", "-1.5", "-1.50", true)]
    public void Numbers_AreComparedExactly(string keyword, string limit, string instance, bool isValid) =>
        Compile($$"""{ "{{keyword}}": {{limit}} }""").IsValid(JsonElement.Parse(instance)).ShouldBe(isValid);

    [Theory]
    [InlineData("\"🐲\"", 1)]
    [InlineData("\"\\ud83d\\udc32\"", 1)]
    [InlineData("\"\\ud800\"", 1)]
    [InlineData("\"e\\u0301\"", 2)]
    [InlineData("\"a\\nb\\\\\"", 4)]
    [InlineData("\"äöü\"", 3)]
    public void Lengths_CountCodePoints(string instance, int length)
    {
        Compile($$"""{ "minLength": {{length}}, "maxLength": {{length}} }""").IsValid(JsonElement.Parse(instance)).ShouldBeTrue();
        Compile($$"""{ "minLength": {{length + 1}} }""").IsValid(JsonElement.Parse(instance)).ShouldBeFalse();
        Compile($$"""{ "maxLength": {{length - 1}} }""").IsValid(JsonElement.Parse(instance)).ShouldBeFalse();
    }

    [Fact]
    public void Counts_LargerThanAnything_AreLimitsLikeOthers()
    {
        Compile("""{ "maxLength": 1e400, "minItems": 2.0 }""").IsValid(JsonElement.Parse("\"abc\"")).ShouldBeTrue();
        Compile("""{ "minLength": 1e400 }""").IsValid(JsonElement.Parse("\"abc\"")).ShouldBeFalse();
        Compile("""{ "minItems": 2.0 }""").IsValid(JsonElement.Parse("[1]")).ShouldBeFalse();
    }

    [Fact]
    public void Objects_WithHundredsOfRequiredNames_MissTheRightOnes()
    {
        var names = Enumerable.Range(0, 3000).Select(i => $"property{i}").ToList();
        var schema = JsonSchema.Compile(JsonSerializer.SerializeToElement(new { required = names }));
        var instance = names.Where(name => name is not ("property70" or "property2999")).ToDictionary(name => name, _ => 1);

        schema.Validate(JsonSerializer.SerializeToElement(instance)).Select(violation => violation.Message)
            .ShouldBe(["\"property70\" is required but missing.", "\"property2999\" is required but missing."]);
    }

    [Fact]
    public void Names_WithBackslashes_AreNotConfusedWithEscapes()
    {
        var schema = Compile("""{ "properties": { "a\\nb": { "type": "string" } }, "additionalProperties": false }""");

        schema.IsValid(JsonElement.Parse("""{"a\\nb":"x"}""")).ShouldBeTrue();
        schema.IsValid(JsonElement.Parse("""{"a\nb":"x"}""")).ShouldBeFalse();
    }

    [Fact]
    public void RepeatedName_IsValidOnlyIfEveryOccurrenceIs()
    {
        var schema = Compile("""{ "properties": { "a": { "type": "integer" } } }""");

        schema.IsValid(JsonElement.Parse("""{"a":1,"a":2}""")).ShouldBeTrue();
        schema.IsValid(JsonElement.Parse("""{"a":"x","a":2}""")).ShouldBeFalse();
        schema.IsValid(JsonElement.Parse("""{"a":1,"a":"x"}""")).ShouldBeFalse();
    }

    [Fact]
    public void IsValid_ForAValidValue_AllocatesNothing()
    {
        var schema = Compile("""
            {
              "type": "object", "required": ["title", "actions"], "additionalProperties": false,
              "properties": {
                "title": { "type": "string", "pattern": "^\\p{Lu}", "minLength": 2, "maxLength": 50 },
                "actions": { "type": "array", "uniqueItems": true, "items": { "oneOf": [{ "$ref": "#/$defs/a" }, { "$ref": "#/$defs/b" }] } },
                "extra": { "propertyNames": { "maxLength": 3 }, "unevaluatedProperties": false, "allOf": [{ "properties": { "x": { "multipleOf": 0.01 } } }] }
              },
              "$defs": {
                "a": { "type": "object", "required": ["kind"], "properties": { "kind": { "const": "a" }, "n": { "type": "integer", "minimum": 0 } } },
                "b": { "type": "object", "required": ["kind"], "properties": { "kind": { "const": "b" }, "s": { "enum": ["p", "q"] } } }
              }
            }
            """);
        var instance = JsonElement.Parse("""
            { "title": "Überlegung — plan", "actions": [{ "kind": "a", "n": 3 }, { "kind": "b", "s": "q" }, { "\u006bind": "a", "n": 1.0 }], "extra": { "x": 12 } }
            """);
        for (var i = 0; i < 200; i++) schema.IsValid(instance).ShouldBeTrue();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) schema.IsValid(instance);

        // A pooled array may have been collected and rented anew; that is far less than a byte per call.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);
    }

    [Fact]
    public void Validate_OnManyThreads_GivesEachItsOwnAnswer()
    {
        var schema = Compile("""{ "items": { "type": "integer" }, "unevaluatedItems": false }""");

        Parallel.For(0, 2000, i =>
        {
            var instance = JsonElement.Parse(i % 2 == 0 ? "[1,2,3]" : $"[1,\"{i}\"]");
            var violations = schema.Validate(instance);
            if (i % 2 == 0) violations.ShouldBeEmpty();
            else violations.ShouldHaveSingleItem().Message.ShouldContain($"\"{i}\"");
        });
    }

    [Fact]
    public void Format_IsAnAnnotation() =>
        Compile("""{ "format": "date-time" }""").IsValid(JsonElement.Parse("\"yesterday\"")).ShouldBeTrue();

    private static JsonSchema Compile(string schema) => JsonSchema.Compile(JsonElement.Parse(schema));
}
