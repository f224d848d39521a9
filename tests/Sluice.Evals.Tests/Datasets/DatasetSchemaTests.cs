using System.Text.Json;
using Sluice.Evals.Artifacts;
using Sluice.Evals.Datasets;
using Sluice.JsonSchemas;

namespace Sluice.Evals.Tests.Datasets;

public sealed class DatasetSchemaTests
{
    private static readonly JsonElement Published = JsonElement.Parse(DatasetSchema.ToJson());
    private static readonly JsonSchema Schema = JsonSchema.Compile(Published);

    /// <summary>Datasets with one thing in them that is refused.</summary>
    public static TheoryData<string> Bad => new(
        "{}", "[]", "7", "[7]", """{ "cases": {} }""", """{ "cases": [{}], "nam": "" }""",
        Case(""" "id": "" """), Case(""" "id": 7 """), Case($""" "id": "{new string('x', 201)}" """), Case(""" "input": null """), Case(""" "inputs": "x" """),
        Case(""" "script": [] """), Case(""" "context": "x" """), Case(""" "tags": null """), Case(""" "tags": [1] """), Case(""" "approvals": "ask" """),
        Case(""" "repeatThreshold": 0 """), Case(""" "repeat_threshold": 1.1 """), Case(""" "repeatThreshold": "1" """), Case(""" "trajectoryMode": null """),
        Case(""" "trajectoryMode": 1 """), Case(""" "trajectory_mode": "Strict" """), Case(""" "trajectoryMode": "strict", "trajectory_mode": "strict" """),
        Case(""" "expectedTrajectory": "t" """), Case(""" "expectedTrajectory": [""] """), Case(""" "expectedTrajectory": [{}] """),
        Case(""" "expectedTrajectory": [{ "name": "t", "arguments": [] }] """), Case(""" "expectedTrajectory": [{ "name": "t", "argument_match": "regex" }] """),
        Case(""" "expectedTrajectory": [{ "name": "t", "paths": [1] }] """), Case(""" "expectedTrajectory": [{ "name": "t", "parallel": "yes" }] """),
        Case(""" "expectedActions": [] """), Case(""" "expectedActions": { "planned": [1] } """), Case(""" "expectedActions": { "planned": [{}] } """),
        Case(""" "expectedActions": { "planned": [{ "kind": "" }] } """), Case(""" "expectedActions": { "planned": [{ "type": 3 }] } """),
        Case(""" "expectedActions": { "executed": [{ "kind": "k", "payload": 1 }] } """), Case(""" "expectedActions": { "executed": [{ "kind": "k", "payload": {}, "x": 1 }] } """),
        Case(""" "expectedActions": { "executed": [{ "kind": "k", "type": "k", "payload": {} }] } """), Case(""" "expectedActions": { "payloadMatch": "superset" } """),
        Case(""" "finalResponse": {} """), Case(""" "finalResponse": { "scorers": [] } """), Case(""" "finalResponse": { "scorers": [{ "id": "x", "text": "x" }] } """),
        Scorer(""" "type": "exact", "text": null """), Scorer(""" "type": "Exact", "text": "x" """), Scorer(""" "type": "exact", "text": "x", "pattern": "x" """),
        Scorer(""" "type": "contains", "text": "" """), Scorer(""" "type": "regex" """), Scorer(""" "type": "exact", "text": "x", "weight": 0 """),
        Scorer(""" "type": "exact", "text": "x", "weight": -1 """), Scorer(""" "type": "result_set", "rows": [1] """), Scorer(""" "type": "result_set", "rows": [[{}]] """),
        Scorer(""" "type": "result_set", "rows": [], "tolerance": 2 """), Scorer(""" "type": "result_set", "rows": [], "extra_columns": "drop" """),
        Scorer(""" "type": "judge" """), Scorer(""" "type": "judge", "criteria": "" """), Scorer(""" "type": "judge", "criteria": "x", "repeats": 10 """),
        Configured(""" "mode": "sequentially" """), Configured(""" "samplesPerCase": 0 """), Configured(""" "samples_per_case": 1001 """), Configured(""" "samplesPerCase": 1.5 """),
        Configured(""" "concurrency": 257 """), Configured(""" "passThreshold": -0.1 """), Configured(""" "scoreWeights": { "trajectory": -1 } """),
        Configured(""" "scoreWeights": { "planned": 1 } """), Configured(""" "scorerConfig": null """), Configured(""" "scorerConfig": { "references": "id" } """),
        Configured(""" "limits": { "sampleTimeoutMs": 0 } """), Configured(""" "limits": { "judgeRetries": 11 } """), Configured(""" "limits": { "costUsd": 0 } """),
        Configured(""" "aggregation": "mean" """), Configured(""" "repeatThreshold": 0 """), Configured(""" "approvals": null """), Configured(""" "model": 4 """));

    /// <summary>Datasets that are read.</summary>
    public static TheoryData<string> Good => new(
        DatasetSamples.Json, Case(""" "tags": [] """), """{ "$schema": "x", "name": null, "app": null, "config": null, "cases": [{ "id": "a", "input": "" }] }""",
        Case(""" "script": null, "expectedTrajectory": null, "expected_actions": null, "finalResponse": null, "source_thread_id": null, "context": null, "approvals": null """),
        Case(""" "expectedActions": { "planned": null, "executed": [], "payload_match": "subset" } """),
        Case(""" "expectedActions": { "executed": [{ "kind": "k", "type": "t" }, { "type": "k", "x": 1 }, { "type": "k", "payload": {} }] } """),
        Case(""" "expectedTrajectory": ["t", { "name": "t", "arguments": null, "argument_match": "ignore" }] """),
        Case(""" "expectedTrajectory": [{ "name": "t", "arguments": { "snake_case": 1, "name": 7 }, "argument_match": "paths", "paths": ["a.b"] }] """),
        Scorer(""" "type": "exact", "text": "", "ignore_case": true, "weight": 0.5 """), Scorer(""" "type": "judge", "criteria": "x", "rubric": null, "reference": null """),
        Configured(""" "samplesPerCase": 3.0, "concurrency": 1e2, "passThreshold": 1 """),
        Configured(""" "score_weights": { "trajectory": 0, "final_response": null }, "target_agent_id": null, "provider": null, "model": null, "limits": { "cost_usd": null } """));

    [Theory]
    [MemberData(nameof(Bad))]
    public void BadDataset_IsRefusedByReaderAndSchema(string json)
    {
        Should.Throw<SpecValidationException>(() => EvalDataset.Parse(json)).Errors.ShouldNotBeEmpty();
        Schema.IsValid(JsonElement.Parse(json)).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void GoodDataset_IsTakenByReaderAndSchemaAndAsItIsWritten(string json)
    {
        var dataset = EvalDataset.Parse(json);

        Schema.Validate(JsonElement.Parse(json)).ShouldBeEmpty();
        Schema.Validate(JsonElement.Parse(dataset.ToJson())).ShouldBeEmpty();
        EvalDataset.Parse(dataset.ToJson()).ToJson().ShouldBe(dataset.ToJson());
    }

    [Theory]
    [InlineData(typeof(EvalDataset), "dataset")]
    [InlineData(typeof(TestCase), "case")]
    [InlineData(typeof(ExpectedCall), "call")]
    [InlineData(typeof(ExpectedActions), "expectedActions")]
    [InlineData(typeof(EvalAction), "action")]
    [InlineData(typeof(FinalResponse), "finalResponse")]
    [InlineData(typeof(ExactScorer), "exactScorer")]
    [InlineData(typeof(ContainsScorer), "containsScorer")]
    [InlineData(typeof(RegexScorer), "regexScorer")]
    [InlineData(typeof(ResultSetScorer), "resultSetScorer")]
    [InlineData(typeof(JudgeScorer), "judgeScorer")]
    [InlineData(typeof(EvalConfig), "config")]
    [InlineData(typeof(ScoreWeights), "scoreWeights")]
    [InlineData(typeof(ScorerConfig), "scorerConfig")]
    [InlineData(typeof(EvalLimits), "limits")]
    public void Definition_HasEveryMemberOfItsTypeInBothSpellings(Type type, string definition)
    {
        var properties = Published.GetProperty("$defs").GetProperty(definition).GetProperty("properties");
        var members = EvalJson.Options.GetTypeInfo(type).Properties.Select(member => member.Name).Except(["contentHash"]).ToArray();
        var both = members.Union(members.Select(JsonNamingPolicy.SnakeCaseLower.ConvertName));
        if (definition == "action") both = members;

        properties.EnumerateObject().Select(member => member.Name).Except(["$schema", "type"]).ShouldBe(both, ignoreOrder: true);
        foreach (var alias in properties.EnumerateObject().Where(member => member.Name.Contains('_', StringComparison.Ordinal)))
        {
            var name = members.Single(member => JsonNamingPolicy.SnakeCaseLower.ConvertName(member) == alias.Name);
            alias.Value.GetProperty("$ref").GetString().ShouldBe($"#/$defs/{definition}/properties/{name}");
        }
    }

    [Theory]
    [InlineData(typeof(TrajectoryMode), "case", "trajectoryMode")]
    [InlineData(typeof(EvalApprovals), "case", "approvals")]
    [InlineData(typeof(ArgumentMatch), "call", "argumentMatch")]
    [InlineData(typeof(PayloadMatch), "expectedActions", "payloadMatch")]
    [InlineData(typeof(ExtraColumns), "resultSetScorer", "extraColumns")]
    [InlineData(typeof(EvalMode), "config", "mode")]
    [InlineData(typeof(EvalAggregation), "config", "aggregation")]
    [InlineData(typeof(EvalApprovals), "config", "approvals")]
    [InlineData(typeof(ReferenceProjection), "scorerConfig", "references")]
    public void Enumeration_HasEveryName(Type type, string definition, string property)
    {
        var names = Published.GetProperty("$defs").GetProperty(definition).GetProperty("properties").GetProperty(property).GetProperty("enum");

        names.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)
            .ShouldBe(Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.SerializeToElement(value, type, EvalJson.Options).GetString()!));
    }

    [Fact]
    public void PublishedSchema_IsTheFileInTheDocs() =>
        DatasetSchema.ToJson().ShouldBe(File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", "eval-dataset.schema.json")));

    /// <summary>A case with these members, and with an id and an input where they bring none.</summary>
    private static string Case(string members)
    {
        var (id, input) = (members.StartsWith(" \"id\"", StringComparison.Ordinal) ? "" : "\"id\": \"a\",", members.StartsWith(" \"input\"", StringComparison.Ordinal) ? "" : "\"input\": \"b\",");
        return $$"""[{ {{id}} {{input}} {{members}} }]""";
    }

    private static string Scorer(string members) => Case($$""" "finalResponse": { "scorers": [{ "id": "s", {{members}} }] } """);

    private static string Configured(string members) => $$"""{ "config": { {{members}} }, "cases": [{ "id": "a", "input": "b" }] }""";
}
