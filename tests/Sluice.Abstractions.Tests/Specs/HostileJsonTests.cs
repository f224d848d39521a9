using System.Text.Json.Nodes;

namespace Sluice.Tests.Specs;

/// <summary>Whatever the text is: it is read, or refused with errors; nothing else happens.</summary>
public sealed class HostileJsonTests
{
    private static readonly string[] Replacements =
        ["null", "true", "-1", "1e400", "0.5", "\"\"", "\"\\ud800\"", "[]", "{}", "[[[[]]]]", """{"$ref":"#"}""", """{"kind":"x","kind":"y"}"""];

    [Fact]
    public void AnyPart_ReplacedByAnyValue_IsReadOrRefused()
    {
        var json = SpecSamples.Full.ToJson();
        var places = Places(JsonNode.Parse(json)!).Count();
        places.ShouldBeGreaterThan(100);
        for (var place = 0; place < places; place++)
        {
            foreach (var replacement in Replacements)
                ReadOrRefuse(Replace(json, place, replacement), $"place {place} with {replacement}");
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(120)]
    [InlineData(200)]
    [InlineData(100_000)]
    public void DeepSchema_IsReadOrRefused(int depth)
    {
        var schema = string.Concat(Enumerable.Repeat("{\"items\":", depth)) + "true" + new string('}', depth);
        ReadOrRefuse(BrokenJsonCases.Spec($",\"references\":[{{\"name\":\"R\",\"schema\":{schema}}}]"), $"depth {depth}");
    }

    [Fact]
    public void HugeText_IsRead_AndAHugeNameIsShortenedInTheError()
    {
        var huge = new string('x', 10_000_000);

        RuntimeSpec.FromJson(BrokenJsonCases.Spec().Replace("You.", huge, StringComparison.Ordinal)).Agents[0].SystemPrompt.Length.ShouldBe(huge.Length);
        var exception = Should.Throw<SpecValidationException>(() => RuntimeSpec.FromJson(BrokenJsonCases.Spec($",\"{huge}\":1")));
        exception.ToString().Length.ShouldBeLessThan(10_000);
        exception = Should.Throw<SpecValidationException>(() => RuntimeSpec.FromJson(BrokenJsonCases.Spec(agent: $",\"routes\":[\"{huge}\"]")));
        exception.ToString().Length.ShouldBeLessThan(10_000);
        exception = Should.Throw<SpecValidationException>(() => RuntimeSpec.FromJson(BrokenJsonCases.Spec(agent: $",\"toolApprovalPolicies\":{{\"{huge}\":\"always\"}}")));
        exception.ToString().Length.ShouldBeLessThan(10_000);
    }

    [Fact]
    public void ManyErrors_AreBounded()
    {
        var properties = string.Join(',', Enumerable.Range(0, 50_000).Select(index => $"\"p{index}\":1,\"p{index}\":2"));

        var exception = Should.Throw<SpecValidationException>(() => RuntimeSpec.FromJson(BrokenJsonCases.Spec("," + properties)));

        exception.Errors.Count.ShouldBeLessThanOrEqualTo(300);
    }

    private static void ReadOrRefuse(string json, string what)
    {
        try
        {
            RuntimeSpec.FromJson(json).Validate().ShouldBeEmpty(what);
        }
        catch (SpecValidationException e)
        {
            e.Errors.ShouldNotBeEmpty(what);
            e.Errors.ShouldAllBe(error => SpecErrorCodes.All.Contains(error.Code));
        }
    }

    private static IEnumerable<JsonNode?> Places(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Places(member.Value).Prepend(member.Value)),
        JsonArray items => items.SelectMany(item => Places(item).Prepend(item)),
        _ => [],
    };

    private static string Replace(string json, int place, string replacement)
    {
        var root = JsonNode.Parse(json)!;
        var marker = JsonValue.Create("@@@");
        Places(root).ElementAt(place)!.ReplaceWith(marker);
        return root.ToJsonString().Replace("\"@@@\"", replacement, StringComparison.Ordinal);
    }
}
