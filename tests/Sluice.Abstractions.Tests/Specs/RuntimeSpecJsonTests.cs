using System.Text.Json;
using Sluice.JsonSchemas;

namespace Sluice.Tests.Specs;

public sealed class RuntimeSpecJsonTests
{
    public static TheoryData<int> Broken => [.. Enumerable.Range(0, BrokenJsonCases.All.Count)];

    public static TheoryData<int> Rules => [.. Enumerable.Range(0, SpecRuleCases.All.Count)];

    [Theory]
    [MemberData(nameof(Broken))]
    public void BrokenJson_IsTheOnlyError_WithCodePathAndMessage(int index)
    {
        var (code, path, message, json) = BrokenJsonCases.All[index];

        var exception = Should.Throw<SpecValidationException>(() => RuntimeSpec.FromJson(json));

        var error = exception.Errors.ShouldHaveSingleItem();
        (error.Code, error.Path).ShouldBe((code, path), error.ToString());
        error.Message.ShouldContain(message);
    }

    [Fact]
    public void FullSpec_WrittenAndRead_WritesTheSameBytes()
    {
        var json = SpecSamples.Full.ToJson();
        var read = RuntimeSpec.FromJson(json);

        read.ToJson().ShouldBe(json);
        read.Agents[2].Tools[0].ShouldBeSameAs(read.Agents[1].Tools[0]);
        read.Agents[2].Plan.ShouldBeSameAs(read.Plans[0]);
        read.Agents[2].Tools[0].Timeout.ShouldBe(SpecSamples.Search.Timeout);
        read.Agents[2].ToolApprovalPolicies["execute_query"].Approvers.ShouldBe(["ana", "bo"]);
    }

    [Fact]
    public void AnySpec_WrittenAndRead_WritesTheSameBytes_AndSatisfiesThePublishedSchema()
    {
        var schema = JsonSchema.Compile(JsonElement.Parse(RuntimeSpecSchema.ToJson()));
        for (var seed = 0; seed < 500; seed++)
        {
            var json = new RandomSpec(seed).Next().ToJson();

            RuntimeSpec.FromJson(json).ToJson().ShouldBe(json, $"seed {seed}");
            schema.Validate(JsonElement.Parse(json)).ShouldBeEmpty($"seed {seed}: {json}");
        }
    }

    [Fact]
    public void FullSpec_Written_IsTheKnownText()
    {
        var path = Path.Combine(Repository.Root, "tests", "Sluice.Abstractions.Tests", "Specs", "full-spec.verified.json");

        SpecSamples.Full.ToJson().ShouldBe(File.ReadAllText(path).TrimEnd('\n'));
    }

    [Fact]
    public void WrittenSpec_SatisfiesThePublishedSchema() =>
        JsonSchema.Compile(JsonElement.Parse(RuntimeSpecSchema.ToJson())).Validate(JsonElement.Parse(SpecSamples.Full.ToJson())).ShouldBeEmpty();

    [Fact]
    public void PublishedSchema_IsTheFileInTheDocs() =>
        RuntimeSpecSchema.ToJson().ShouldBe(File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", "runtime-spec.schema.json")));

    [Theory]
    [InlineData(typeof(AgentSpec), "agent")]
    [InlineData(typeof(ModelSpec), "model")]
    [InlineData(typeof(PlanSpec), "plan")]
    [InlineData(typeof(ReferenceSpec), "reference")]
    [InlineData(typeof(ToolSpec), "tool")]
    [InlineData(typeof(ToolkitSpec), "toolkit")]
    [InlineData(typeof(McpServerSpec), "mcpServer")]
    [InlineData(typeof(ApprovalPatch), "approvalPatch")]
    [InlineData(typeof(ApprovalOverride), "approvalOverride")]
    [InlineData(typeof(StorageFactorySpec), "storageFactory")]
    [InlineData(typeof(ProviderSpec), "provider")]
    [InlineData(typeof(TenantSpec), "tenant")]
    public void EveryMember_OfASpec_IsInThePublishedSchema(Type type, string definition)
    {
        var properties = JsonElement.Parse(RuntimeSpecSchema.ToJson()).GetProperty("$defs").GetProperty(definition).GetProperty("properties");
        var members = Json.SluiceJson.Options.GetTypeInfo(type).Properties
            .Where(property => property.Get is not null)
            .Select(property => property.PropertyType == typeof(TimeSpan?) ? property.Name + "Ms" : property.Name);

        properties.EnumerateObject().Select(property => property.Name).ShouldBe(members, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void InvalidSpec_IsNotWritten(int index)
    {
        var (code, _, _, spec) = SpecRuleCases.All[index];

        Should.Throw<SpecValidationException>(spec.ToJson).Errors.ShouldHaveSingleItem().Code.ShouldBe(code);
    }

    [Fact]
    public void InlinePlansAndTools_AreReadLikeNamedOnes()
    {
        var spec = RuntimeSpec.FromJson(
            """
            {
              "tenant": { "resourceId": "acme", "version": "v1" },
              "agents": [{
                "name": "p", "role": "planner", "systemPrompt": "", "model": { "id": "m", "fallbacks": ["n"] },
                "plan": { "name": "P", "schema": { "properties": { "actions": { "type": "array" } } } },
                "tools": [{ "name": "t", "description": "d", "inputSchema": { "type": "object" } }]
              }]
            }
            """);

        spec.Agents[0].Stateful.ShouldBeTrue();
        spec.Agents[0].Model.Fallbacks.ShouldHaveSingleItem().Id.ShouldBe("n");
        JsonElement.Parse(spec.ToJson()).GetProperty("agents")[0].GetProperty("plan").GetString().ShouldBe("P");
        RuntimeSpec.FromJson(spec.ToJson()).ToJson().ShouldBe(spec.ToJson());
    }

    [Fact]
    public void SeveralProblems_OfNamesAndRules_AreReportedTogether()
    {
        var json = BrokenJsonCases.Spec(""","extra":1,"references":[{"name":"","schema":true}]""", ""","plan":"P","routes":["a"],"maxTurns":0,"colour":"red" """);

        Should.Throw<SpecValidationException>(() => RuntimeSpec.FromJson(json)).Errors.Select(error => error.Code).ShouldBe(
        [
            SpecErrorCodes.UnknownProperty, SpecErrorCodes.UnknownProperty, SpecErrorCodes.UnknownPlan, SpecErrorCodes.SelfRoute,
            SpecErrorCodes.InvalidMaxTurns, SpecErrorCodes.BlankName,
        ],
        ignoreOrder: true);
    }

    [Fact]
    public void Integers_WrittenAsFractionsOrExponents_AreRead() =>
        RuntimeSpec.FromJson(BrokenJsonCases.Spec(agent: ""","maxTurns":2.5e1""")).Agents[0].MaxTurns.ShouldBe(25);

    [Fact]
    public void Key_IsWrittenOnlyWhenItIsSet()
    {
        SpecSamples.Full.ToJson().ShouldNotContain("apiKey\"");
        SpecSamples.WithProvider(provider => provider with { ApiKey = "sk-1" }).ToJson().ShouldContain("\"apiKey\": \"sk-1\"");
    }

    [Theory]
    [InlineData("""{"a":"sk-planted-secret"}""")]
    [InlineData("""{"a":{"kind":"openai","apiKey":["sk-planted-secret"]}}""")]
    [InlineData("""{"a":{"kind":"openai","apiKey":90210}}""")]
    [InlineData("""{"a":{"kind":"openai","headers":"sk-planted-secret"}}""")]
    [InlineData("""{"a":{"kind":"openai","headers":{"Authorization":90210}}}""")]
    [InlineData("\"sk-planted-secret\"")]
    public void KeyOfTheWrongType_IsNotRepeatedInAnyMessage(string providers)
    {
        var exception = Should.Throw<SpecValidationException>(() => RuntimeSpec.FromJson(BrokenJsonCases.Spec($",\"providers\":{providers}")));

        exception.ToString().ShouldNotContain("secret");
        exception.ToString().ShouldNotContain("90210");
    }
}
