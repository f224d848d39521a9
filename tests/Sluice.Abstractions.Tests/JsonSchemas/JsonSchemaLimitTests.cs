using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Sluice.JsonSchemas;

/// <summary>Runs alone: some of these count the memory of the whole process.</summary>
[CollectionDefinition(nameof(JsonSchemaLimitTests), DisableParallelization = true)]
[Collection(nameof(JsonSchemaLimitTests))]
public sealed class JsonSchemaLimitTests
{
    // Bounded means this at the very most, on a slow and busy machine; the hostile inputs would take hours or crash.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 2_000_000 };

    [Fact]
    public void Instance_NestedBeyondTheLimit_EndsWithADepthViolation()
    {
        var schema = Compile("""{ "items": { "$ref": "#" } }""");
        using var deep = JsonDocument.Parse(new string('[', 20_000) + new string(']', 20_000), AnyDepth);

        schema.Validate(deep.RootElement).ShouldHaveSingleItem().Keyword.ShouldBe("depth");
    }

    [Fact]
    public void Instance_AtTheDepthLimit_IsValid()
    {
        var schema = Compile("""{ "items": { "$ref": "#" } }""", new JsonSchemaOptions { MaxDepth = 3 });

        schema.IsValid(JsonElement.Parse("[[[[]]]]")).ShouldBeTrue();
        schema.Validate(JsonElement.Parse("[[[[[]]]]]")).ShouldHaveSingleItem().InstancePath.ShouldBe("/0/0/0");
    }

    [Fact]
    public void Instance_NestedToTheLargestLimit_DoesNotExhaustTheStack()
    {
        var schema = Compile("""{ "allOf": [{ "anyOf": [{ "items": { "$ref": "#" } }] }] }""", new JsonSchemaOptions { MaxDepth = 1000 });
        using var deep = JsonDocument.Parse(new string('[', 5000) + new string(']', 5000), AnyDepth);
        IReadOnlyList<JsonSchemaViolation> violations = [];
        var thread = new Thread(() => violations = schema.Validate(deep.RootElement), maxStackSize: 256 * 1024);

        thread.Start();
        thread.Join();

        violations.ShouldHaveSingleItem().Keyword.ShouldBe("depth");
    }

    [Fact]
    public void UniqueItems_OfDeepItems_EndsWithADepthViolation()
    {
        var nested = new string('[', 10_000) + new string(']', 10_000);
        using var deep = JsonDocument.Parse($"[{nested},{nested}]", AnyDepth);

        Compile("""{ "uniqueItems": true }""").Validate(deep.RootElement).ShouldHaveSingleItem().Keyword.ShouldBe("depth");
    }

    [Fact]
    public void Schema_NestedBeyondTheLimit_IsRefused()
    {
        var text = string.Concat(Enumerable.Repeat("""{"not":""", 20_000)) + "true" + new string('}', 20_000);
        using var deep = JsonDocument.Parse(text, AnyDepth);

        JsonSchema.TryCompile(deep.RootElement, null, out _, out var problems).ShouldBeFalse();

        problems.ShouldHaveSingleItem().Message.ShouldBe("The schema is nested more than 128 levels deep.");
    }

    [Fact]
    public void References_ChainedBeyondTheLimit_EndWithADepthViolation()
    {
        var definitions = Enumerable.Range(0, 20_000).Select(i => $$"""
            "d{{i}}": { "$ref": "#/$defs/d{{i + 1}}" }
            """);
        var schema = Compile($$"""{ "$ref": "#/$defs/d0", "$defs": { {{string.Join(',', definitions)}}, "d20000": true } }""");

        schema.Validate(JsonElement.Parse("1")).ShouldHaveSingleItem().Keyword.ShouldBe("depth");
    }

    [Fact]
    public void DynamicReferences_InACircle_EndWithADepthViolation()
    {
        var schema = Compile("""{ "$id": "http://example.com/a", "$dynamicAnchor": "n", "$ref": "b", "$defs": { "b": { "$id": "b", "$dynamicRef": "#n", "$defs": { "n": { "$dynamicAnchor": "n" } } } } }""");

        schema.Validate(JsonElement.Parse("1")).ShouldContain(violation => violation.Keyword == "depth");
        schema.IsValid(JsonElement.Parse("1")).ShouldBeFalse();
    }

    [Fact]
    public void References_ThatFanOut_EndWithABudgetViolation()
    {
        var definitions = Enumerable.Range(0, 60).Select(i => $$"""
            "d{{i}}": { "allOf": [{ "$ref": "#/$defs/d{{i + 1}}" }, { "$ref": "#/$defs/d{{i + 1}}" }] }
            """);
        var schema = Compile($$"""{ "$ref": "#/$defs/d0", "$defs": { {{string.Join(',', definitions)}}, "d60": { "type": "integer" } } }""");
        var watch = Stopwatch.StartNew();

        schema.Validate(JsonElement.Parse("1")).ShouldHaveSingleItem().Keyword.ShouldBe("budget");

        watch.Elapsed.ShouldBeLessThan(Bound);
    }

    [Fact]
    public void Budget_SpentUnderANegation_DoesNotMakeTheValueValid()
    {
        var schema = Compile("""{ "not": { "items": { "type": "string" } } }""", new JsonSchemaOptions { MaxEvaluations = 10 });

        schema.IsValid(JsonElement.Parse("[1]")).ShouldBeTrue();
        schema.IsValid(JsonElement.Parse($"[{string.Join(',', Enumerable.Repeat("\"a\"", 50))}]")).ShouldBeFalse();
    }

    [Fact]
    public void UniqueItems_OfAHugeArray_TakesLinearTime()
    {
        var items = JsonSerializer.SerializeToElement(Enumerable.Range(0, 300_000).Select(i => new { id = i, name = "item" }));
        var watch = Stopwatch.StartNew();

        Compile("""{ "uniqueItems": true }""").IsValid(items).ShouldBeTrue();

        watch.Elapsed.ShouldBeLessThan(Bound);
    }

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(a|a)*$")]
    [InlineData(@"^(\w+\s?)*$")]
    public void Pattern_ThatWouldBacktrackForever_RunsInLinearTime(string pattern)
    {
        var schema = JsonSchema.Compile(JsonSerializer.SerializeToElement(new { pattern }));

        schema.Validate(JsonSerializer.SerializeToElement(new string('a', 50_000) + "!")).ShouldHaveSingleItem().Message.ShouldContain("does not match");
    }

    [Fact]
    public void Pattern_ThatNeedsBacktracking_IsEndedByTheTimeout()
    {
        var schema = Compile("""{ "pattern": "^(?=a)(a+)+$" }""");
        var watch = Stopwatch.StartNew();

        var violation = schema.Validate(JsonSerializer.SerializeToElement(new string('a', 200) + "!")).ShouldHaveSingleItem();

        violation.Message.ShouldContain("took longer than 100 ms");
        watch.Elapsed.ShouldBeLessThan(Bound);
    }

    [Fact]
    public void Pattern_ThatTimesOutUnderANegation_DoesNotMakeTheValueValid() =>
        Compile("""{ "not": { "pattern": "^(?=a)(a+)+$" } }""").IsValid(JsonSerializer.SerializeToElement(new string('a', 200) + "!")).ShouldBeFalse();

    [Fact]
    public void Patterns_ThatAreSlowTogether_AreEndedByTheirBudget()
    {
        var schema = Compile("""{ "items": { "pattern": "^(?!a*$)" } }""", new JsonSchemaOptions { PatternBudget = TimeSpan.FromTicks(1) });

        schema.Validate(JsonSerializer.SerializeToElement(Enumerable.Repeat(new string('a', 1000) + "b", 10_000))).ShouldHaveSingleItem().Keyword.ShouldBe("budget");
    }

    [Theory]
    [InlineData("((((((a{100}){100}){100}){100}){100}){100})")]
    [InlineData("^(((a?){50}){50}){50}b$")]
    [InlineData(@"^(\p{L}{1,50}\p{N}{1,50}){1,50}$")]
    public void Pattern_WithNestedRepetitions_IsBoundedInTimeAndMemory(string pattern)
    {
        var watch = Stopwatch.StartNew();
        var before = GC.GetTotalAllocatedBytes();
        var schema = JsonSchema.Compile(JsonSerializer.SerializeToElement(new { pattern }));

        schema.IsValid(JsonSerializer.SerializeToElement(new string('a', 5000))).ShouldBeFalse();

        watch.Elapsed.ShouldBeLessThan(Bound);
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(500L * 1024 * 1024);
    }

    [Fact]
    public void Patterns_ByTheThousand_AreBoundedInMemory()
    {
        var schema = JsonSerializer.SerializeToElement(new { allOf = Enumerable.Range(0, 2000).Select(i => new { pattern = $@"\p{{L}}|{i}" }) });
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var compiled = JsonSchema.Compile(schema);

        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(300L * 1024 * 1024);
        compiled.IsValid(JsonSerializer.SerializeToElement("a")).ShouldBeTrue();
    }

    [Fact]
    public void Pattern_NestedDeeply_NeverCrashes()
    {
        var pattern = new string('(', 4900) + "a" + new string(')', 4900);
        var thread = new Thread(() => JsonSchema.TryCompile(JsonSerializer.SerializeToElement(new { pattern }), null, out _, out _), maxStackSize: 512 * 1024);

        thread.Start();

        thread.Join(Bound).ShouldBeTrue();
    }

    [Fact]
    public void Number_WithAnAbsurdExponent_IsComparedInBoundedTime()
    {
        var watch = Stopwatch.StartNew();
        var digits = new string('7', 1_000_000);

        Compile("""{ "multipleOf": 3 }""").IsValid(JsonElement.Parse("1e1000000000")).ShouldBeFalse();
        Compile("""{ "multipleOf": 3 }""").IsValid(JsonElement.Parse("3e1000000000")).ShouldBeTrue();
        Compile("""{ "multipleOf": 7e-99 }""").IsValid(JsonElement.Parse(digits)).ShouldBeTrue();
        Compile("""{ "minimum": 5 }""").IsValid(JsonElement.Parse("-1e99999999999999999999999999")).ShouldBeFalse();
        Compile("""{ "type": "integer" }""").IsValid(JsonElement.Parse("1e-99999999999999999999999999")).ShouldBeFalse();

        watch.Elapsed.ShouldBeLessThan(Bound);
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("[\"\\ud800\",\"\\ud800\"]")]
    public void Text_WithALoneSurrogate_IsJudgedWithoutAnException(string instance)
    {
        var schema = Compile("""
            { "minLength": 2, "pattern": "b", "enum": ["a"], "uniqueItems": true, "propertyNames": { "pattern": "a" }, "additionalProperties": false }
            """);

        schema.Validate(JsonElement.Parse(instance)).ShouldNotBeEmpty();
    }

    [Fact]
    public void Text_ThatIsNotUtf8_IsJudgedWithoutAnException()
    {
        byte[] broken = [(byte)'"', 0xFF, 0xC0, (byte)'"'];

        Compile("""{ "pattern": "^a$", "maxLength": 1 }""").Validate(JsonElement.Parse(broken)).ShouldNotBeEmpty();
    }

    [Fact]
    public void Schema_WithALoneSurrogate_IsRefused()
    {
        foreach (var text in (string[])["""{ "properties": { "\ud800": true } }""", """{ "const": "\udc00" }"""])
        {
            JsonSchema.TryCompile(JsonElement.Parse(text), null, out _, out var problems).ShouldBeFalse();
            problems.ShouldHaveSingleItem().Message.ShouldContain("not valid Unicode");
        }
    }

    [Fact]
    public void RandomBytes_AsSchemaOrInstance_NeverThrowUnexpectedly()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        string[] words =
        [
            "\"type\"", "\"object\"", "\"$ref\"", "\"#\"", "\"#/properties/a\"", "\"properties\"", "\"a\"", "\"items\"", "\"allOf\"", "\"not\"", "\"pattern\"", "\"$id\"",
            "\"$dynamicRef\"", "\"$dynamicAnchor\"", "\"unevaluatedProperties\"", "\"required\"", "\"enum\"", "\"const\"", "\"anyOf\"", "1", "-0", "1e5", "true", "false", "null",
        ];
        for (var round = 0; round < 3000; round++)
        {
            var text = new StringBuilder();
            AppendRandom(text, random, words, depth: 4);
            var element = JsonElement.Parse(text.ToString());
            try
            {
                if (JsonSchema.TryCompile(element, null, out var schema, out var problems))
                {
                    schema.IsValid(element).ShouldBe(schema.Validate(element).Count == 0);
                }
                else problems.ShouldNotBeEmpty();
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"Seed {seed}, round {round}: {text}", error);
            }
        }
    }

    private static void AppendRandom(StringBuilder text, Random random, string[] words, int depth)
    {
        var choice = depth == 0 ? 9 : random.Next(10);
        if (choice < 6) AppendList(text, random, '{', '}', () => AppendMember(text, random, words, depth));
        else if (choice < 8) AppendList(text, random, '[', ']', () => AppendRandom(text, random, words, depth - 1));
        else text.Append(words[random.Next(words.Length)]);
    }

    private static void AppendMember(StringBuilder text, Random random, string[] words, int depth)
    {
        text.Append(words[random.Next(words.Length - 6)]).Append(':');
        AppendRandom(text, random, words, depth - 1);
    }

    private static void AppendList(StringBuilder text, Random random, char start, char end, Action append)
    {
        text.Append(start);
        var count = random.Next(4);
        for (var i = 0; i < count; i++)
        {
            if (i > 0) text.Append(',');
            append();
        }
        text.Append(end);
    }

    private static JsonSchema Compile(string schema, JsonSchemaOptions? options = null) => JsonSchema.Compile(JsonElement.Parse(schema), options);
}
