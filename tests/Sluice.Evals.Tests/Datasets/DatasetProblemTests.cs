using FsCheck;
using FsCheck.Fluent;

namespace Sluice.Evals.Tests.Datasets;

public sealed class DatasetProblemTests
{
    [Fact]
    public void Parse_SeveralProblems_AreReportedTogether()
    {
        var errors = Refused(
            """
            {
              "nam": "x",
              "config": { "mode": "sequentiel", "samples_per_case": 0, "limits": { "judgeRetries": 1.5 } },
              "cases": [
                { "id": "a", "input": 3, "expected_trajektory": [] },
                { "input": "b", "expectedTrajectory": ["t", 7, { "name": "u", "argumentMatch": "fuzzy" }], "tags": "slow" },
                { "id": "c", "input": "c", "expectedActions": { "planned": [{ "percent": 1 }, { "kind": "k", "payload": {}, "percent": 2 }] } },
                { "id": "d", "input": "d", "finalResponse": { "scorers": [{ "type": "regexp", "id": "r" }, { "type": "exact", "id": "e" }, { "id": "n" }] } },
                { "id": "e", "input": "e", "finalResponse": {}, "final_response": {} }
              ]
            }
            """);

        errors.Select(error => (error.Code, error.Path)).ShouldBe(
            [
                (SpecErrorCodes.UnknownProperty, "nam"),
                (SpecErrorCodes.InvalidValue, "config.mode"),
                (SpecErrorCodes.InvalidValue, "config.samplesPerCase"),
                (SpecErrorCodes.WrongType, "config.limits.judgeRetries"),
                (SpecErrorCodes.WrongType, "cases[0].input"),
                (SpecErrorCodes.UnknownProperty, "cases[0].expected_trajektory"),
                (SpecErrorCodes.MissingProperty, "cases[1]"),
                (SpecErrorCodes.WrongType, "cases[1].expectedTrajectory[1]"),
                (SpecErrorCodes.InvalidValue, "cases[1].expectedTrajectory[2].argumentMatch"),
                (SpecErrorCodes.WrongType, "cases[1].tags"),
                (SpecErrorCodes.MissingProperty, "cases[2].expectedActions.planned[0]"),
                (SpecErrorCodes.UnknownProperty, "cases[2].expectedActions.planned[1].percent"),
                (SpecErrorCodes.InvalidValue, "cases[3].finalResponse.scorers[0].type"),
                (SpecErrorCodes.MissingProperty, "cases[3].finalResponse.scorers[1]"),
                (SpecErrorCodes.WrongType, "cases[3].finalResponse.scorers[2]"),
                (SpecErrorCodes.DuplicateProperty, "cases[4].finalResponse"),
                (SpecErrorCodes.MissingProperty, "cases[4].finalResponse"),
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void Parse_ProblemsOfShapeAndOfMeaning_AreReportedTogether()
    {
        var errors = Refused(
            """
            {
              "nam": "x",
              "config": { "mode": "planner", "passTreshold": 0.5, "scoreWeights": { "trajectory": -1 } },
              "cases": [
                { "id": "a", "input": "misshapen", "expectedTrajectory": [7] },
                { "id": "a", "input": "the same id", "expectedTrajectory": ["t"] },
                { "id": "b", "input": "nothing that planners are scored by", "finalResponse": { "scorers": [{ "type": "exact", "id": "e", "text": "t" }] } },
                { "id": "c", "input": "no pattern", "expectedTrajectory": ["t"], "finalResponse": { "scorers": [{ "type": "regex", "id": "r", "pattern": "(" }] } }
              ]
            }
            """);

        errors.Select(error => error.Path).ShouldBe(
            [
                "nam", "config.passTreshold", "config.scoreWeights.trajectory", "cases[0].expectedTrajectory[0]",
                "cases[1].id", "cases[2]", "cases[3].finalResponse.scorers[0].pattern",
            ],
            ignoreOrder: true);
        errors.Single(error => error.Path == "cases[1].id").Code.ShouldBe(EvalErrorCodes.DuplicateCase);
    }

    [Theory]
    [InlineData("""[{ "id": "a", "input": "b", "expected_trajektory": [] }]""", "did you mean \"expectedTrajectory\"?")]
    [InlineData("""[{ "id": "a", "input": "b", "trajectory_mode": "sub_sequence" }]""", "did you mean \"subsequence\"?")]
    [InlineData("""[{ "id": "a", "input": "b", "finalResponse": { "scorers": [{ "type": "regexp", "id": "r", "pattern": "" }] } }]""", "did you mean \"regex\"?")]
    [InlineData("""{ "config": { "mode": "sequentiel" }, "cases": [{ "id": "a", "input": "b" }] }""", "did you mean \"sequential\"?")]
    public void Parse_MistypedName_SuggestsTheNearest(string json, string hint) => Refused(json).ShouldHaveSingleItem().Message.ShouldContain(hint);

    [Theory]
    [InlineData("[\n  { \"id\": \"a\" \"input\": \"b\" }\n]", false, "invalid_json", "line 2, column 15")]
    [InlineData("cases:\n  - id: a\n    input: 'b\n", true, "invalid_yaml", "line 3")]
    [InlineData("cases: &all\n  - *all\n", true, "invalid_yaml", "line 1, column 8")]
    [InlineData("cases:\n  - id: a\n    id: b\n", true, "invalid_yaml", "line 3, column 5")]
    public void Parse_BrokenSyntax_NamesLineAndColumn(string text, bool isYaml, string code, string place)
    {
        var error = Should.Throw<SpecValidationException>(() => EvalDataset.Parse(text, isYaml)).Errors.ShouldHaveSingleItem();

        error.Code.ShouldBe(code);
        error.Message.ShouldContain(place);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"cases\"")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("""[{ "id": "a", "input": "b", "input": "c" }]""")]
    [InlineData("""[{ "id": "a", "input": "\ud800" }]""")]
    [InlineData("""[{ "id": "a", "input": "b", "\udc00": 1 }]""")]
    [InlineData("""[{ "id": "a", "input": "b", "context": { "x": "\ud800" } }]""")]
    [InlineData("""{ "config": { "limits": { "sampleTimeoutMs": 1e300 } }, "cases": [{ "id": "a", "input": "b" }] }""")]
    [InlineData("""{ "config": { "limits": { "costUsd": 1e30 } }, "cases": [{ "id": "a", "input": "b" }] }""")]
    public void Parse_WhatIsNoDataset_IsRefused(string text) => Refused(text).ShouldNotBeEmpty();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parse_NestedWithoutEnd_IsRefused(bool isYaml) =>
        Should.Throw<SpecValidationException>(() => EvalDataset.Parse($"{new string('[', 100_000)}{new string(']', 100_000)}", isYaml)).Errors.ShouldHaveSingleItem();

    [Fact]
    public void Parse_AsDeepAsAllowed_IsReadAndWritten()
    {
        // Deeper by the list of cases, the case, and the action.
        var value = $"{new string('[', 58)}{new string(']', 58)}";
        var dataset = EvalDataset.Parse($$"""[{ "id": "a", "input": "b", "expectedActions": { "planned": [{ "kind": "k", "x": {{value}} }] } }]""");

        dataset.ToJson().ShouldContain("\"kind\": \"k\"");
        dataset.ContentHash.Length.ShouldBe(64);
    }

    [Fact]
    public void Parse_MutilatedTexts_AreReadOrRefusedWithTheirProblems()
    {
        var sample = DatasetSamples.Yaml.Replace("\r", "", StringComparison.Ordinal);
        var mutilated =
            from place in Gen.Choose(0, sample.Length - 1)
            from length in Gen.Choose(0, 6)
            from inserted in Gen.Elements("", "\"", "'", ": ", "- ", "{", "]", "\n", "\t", "\u0000", "\\", "!", "&a", "|", ">", "#", "\uD800", "1e999", "? ")
            select string.Concat(sample.AsSpan(0, place), inserted, sample.AsSpan(Math.Min(sample.Length, place + length)));

        Prop.ForAll(mutilated.ToArbitrary(), text => IsReadOrRefused(text, isYaml: true) && IsReadOrRefused(text, isYaml: false)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static bool IsReadOrRefused(string text, bool isYaml)
    {
        try
        {
            return EvalDataset.Parse(text, isYaml).Cases.Count > 0;
        }
        catch (SpecValidationException exception)
        {
            return exception.Errors.Count > 0;
        }
    }

    private static IReadOnlyList<SpecError> Refused(string json)
    {
        var refusal = Should.Throw<SpecValidationException>(() => EvalDataset.Parse(json));
        refusal.Code.ShouldBe(ErrorCodes.InvalidEval);
        return refusal.Errors;
    }
}
