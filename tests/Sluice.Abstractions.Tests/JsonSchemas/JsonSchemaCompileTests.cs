using System.Text.Json;

namespace Sluice.JsonSchemas;

public sealed class JsonSchemaCompileTests
{
    [Fact]
    public void Compile_OfAnInvalidSchema_ListsEveryProblemByPath()
    {
        var schema = JsonElement.Parse("""
            {
              "type": "strin",
              "properties": { "a": { "minLength": -1 }, "b": { "$ref": "#/$defs/missing" }, "c": { "pattern": "(" } },
              "required": "a"
            }
            """);

        var error = Should.Throw<JsonSchemaException>(() => JsonSchema.Compile(schema));

        error.Problems.Select(problem => problem.Path).Order(StringComparer.Ordinal)
            .ShouldBe(["/properties/a/minLength", "/properties/b/$ref", "/properties/c/pattern", "/required", "/type"]);
        error.Problems.Single(problem => problem.Path is "/properties/b/$ref").Message.ShouldContain("\"#/$defs/missing\"");
        error.Message.ShouldStartWith("The JSON Schema has 5 problems:\n- ");
    }

    [Theory]
    [InlineData("""{ "$ref": "#" }""", "")]
    [InlineData("""{ "$ref": "#/$defs/a", "$defs": { "a": { "allOf": [{ "$ref": "#/$defs/b" }] }, "b": { "anyOf": [true, { "$ref": "#/$defs/a" }] } } }""", "/$defs/a")]
    [InlineData("""{ "not": { "if": true, "then": { "$ref": "#" } } }""", "")]
    [InlineData("""{ "dependentSchemas": { "a": { "$ref": "#" } } }""", "")]
    public void Compile_OfALoopWithoutProgress_IsRefused(string schema, string path) =>
        Should.Throw<JsonSchemaException>(() => JsonSchema.Compile(JsonElement.Parse(schema)))
            .Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                problem => problem.Path.ShouldBe(path),
                problem => problem.Message.ShouldContain("never end"));

    [Theory]
    [InlineData("""{ "$ref": "http://example.com/other.json" }""", "/$ref", "http://example.com/other.json")]
    [InlineData("""{ "$ref": "#anchor" }""", "/$ref", "#anchor")]
    [InlineData("""{ "$schema": "http://json-schema.org/draft-07/schema#" }""", "/$schema", "draft-07")]
    [InlineData("""{ "$defs": { "a": { "$anchor": "x" }, "b": { "$anchor": "x" } } }""", "/$defs/b/$anchor", "already taken")]
    [InlineData("""{ "$defs": { "a": { "$id": "x" }, "b": { "$id": "x" } } }""", "/$defs/b/$id", "already taken")]
    [InlineData("""{ "patternProperties": { "[": true } }""", "/patternProperties/[", "ECMA-262")]
    [InlineData("""{ "multipleOf": 0 }""", "/multipleOf", "greater than 0")]
    [InlineData("7", "", "expected object or boolean")]
    public void Compile_OfAnUnusableSchema_SaysWhereAndWhy(string schema, string path, string reason)
    {
        JsonSchema.TryCompile(JsonElement.Parse(schema), null, out var compiled, out var problems).ShouldBeFalse();

        compiled.ShouldBeNull();
        problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(problem => problem.Path.ShouldBe(path), problem => problem.Message.ShouldContain(reason));
    }

    [Fact]
    public void Compile_OfAReferenceToAnInvalidDocument_NamesTheDocument()
    {
        var options = new JsonSchemaOptions { Resolve = _ => JsonElement.Parse("""{ "properties": { "a": { "type": 1 } } }""") };

        JsonSchema.TryCompile(JsonElement.Parse("""{ "$ref": "http://example.com/other.json" }"""), options, out _, out var problems);

        problems.ShouldHaveSingleItem().Path.ShouldBe("http://example.com/other.json#/properties/a/type");
    }

    [Fact]
    public void Compile_OfADocumentKnownByTwoAddresses_FindsItByBoth()
    {
        var options = new JsonSchemaOptions
        {
            Resolve = address => address.AbsolutePath is "/found" ? JsonElement.Parse("""{ "$id": "http://example.com/named", "type": "integer" }""") : null,
        };
        const string schema = """
            { "prefixItems": [{ "$ref": "http://example.com/found" }, { "$ref": "http://example.com/named" }, { "$ref": "http://example.com/found#" }] }
            """;

        JsonSchema.Compile(JsonElement.Parse(schema), options).Validate(JsonElement.Parse("""["a","b","c"]""")).Count.ShouldBe(3);
    }

    [Fact]
    public void Compile_WithALimitForValues_StillAcceptsTheSchema() =>
        JsonSchema.Compile(JsonElement.Parse("""{ "type": "string" }"""), new JsonSchemaOptions { MaxEvaluations = 1 }).IsValid(JsonElement.Parse("\"a\"")).ShouldBeTrue();

    [Fact]
    public void Compile_OfAnOlderDraftOnRequest_ReadsWhatMeansTheSame()
    {
        var options = new JsonSchemaOptions { ReadOlderDraftsAs202012 = true };
        var schema = JsonSchema.Compile(
            JsonElement.Parse("""{ "$schema": "http://json-schema.org/draft-07/schema#", "definitions": { "a": { "type": "string" } }, "$ref": "#/definitions/a", "dependencies": { "x": ["y"] } }"""),
            options);

        schema.IsValid(JsonElement.Parse("1")).ShouldBeFalse();
        JsonSchema.TryCompile(JsonElement.Parse("""{ "$schema": "http://json-schema.org/draft-07/schema#", "items": [true] }"""), options, out _, out var problems).ShouldBeFalse();
        problems.ShouldContain(problem => problem.Path == "/items");
    }

    [Fact]
    public void Source_AfterItsDocumentIsDisposed_StaysReadable()
    {
        JsonSchema schema;
        using (var document = JsonDocument.Parse("""{ "type": "string" }""")) schema = JsonSchema.Compile(document.RootElement);

        schema.Source.GetProperty("type").GetString().ShouldBe("string");
        schema.IsValid(JsonElement.Parse("1")).ShouldBeFalse();
    }

    [Fact]
    public void Compile_WithoutAValue_IsAnArgumentError()
    {
        Should.Throw<ArgumentException>(() => JsonSchema.Compile(default));
        Should.Throw<ArgumentException>(() => JsonSchema.Compile(JsonElement.Parse("true")).IsValid(default));
    }

    [Fact]
    public void Options_OutsideTheirRange_AreRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new JsonSchemaOptions { MaxDepth = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new JsonSchemaOptions { MaxDepth = 1001 });
        Should.Throw<ArgumentOutOfRangeException>(() => new JsonSchemaOptions { MaxEvaluations = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new JsonSchemaOptions { MaxViolations = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new JsonSchemaOptions { PatternTimeout = TimeSpan.Zero });
        Should.Throw<ArgumentOutOfRangeException>(() => new JsonSchemaOptions { PatternBudget = TimeSpan.Zero });
    }
}
