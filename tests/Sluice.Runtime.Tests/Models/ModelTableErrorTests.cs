namespace Sluice.Runtime.Tests.Models;

public sealed class ModelTableErrorTests
{
    [Fact]
    public void FromJson_ManyProblems_ReportsAllWithTheirPlaces()
    {
        var errors = Errors("""
            {"asOf": "31.1.2026", "currency": "EUR", "note": 1, "models": [
              {"id": "a", "inputPerMilion": 1},
              {"id": " ", "outputPerMillion": -1},
              {"contextTokens": 1.5, "maxOutputTokens": 0},
              {"id": 7, "inputPerMillion": "1"}]}
            """);
        errors.Select(error => error.Path).Order(StringComparer.Ordinal).Distinct().ShouldBe([
            "asOf", "currency", "models[0].inputPerMilion", "models[1].id", "models[1].outputPerMillion", "models[2]",
            "models[2].contextTokens", "models[2].maxOutputTokens", "models[3].id", "models[3].inputPerMillion", "note"]);
        errors.Single(error => error.Path == "models[0].inputPerMilion").Message.ShouldContain("inputPerMillion");
        errors.Single(error => error.Path == "models[0].inputPerMilion").Code.ShouldBe(SpecErrorCodes.UnknownProperty);
    }

    [Fact]
    public void FromJson_IdTwice_NamesBothPlaces()
    {
        var error = Errors("""{"asOf": "2026-01-31", "currency": "USD", "models": [{"id": "a"}, {"id": "b"}, {"id": "a"}]}""").ShouldHaveSingleItem();
        error.Path.ShouldBe("models[2].id");
        error.Message.ShouldContain("models[0]");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"asOf": "2026-01-31", "currency": "USD", "models": [{"id": "a", "id": "b"}]}""")]
    [InlineData("""{"asOf": "2026-01-31", "currency": "USD", "models": null}""")]
    [InlineData("""{"asOf": "2026-01-31", "currency": "USD", "models": [null]}""")]
    [InlineData("""{"asOf": "2026-01-31", "currency": "USD", "models": [{"id": "a", "inputPerMillion": 1e40}]}""")]
    public void FromJson_NoTable_IsRefused(string json) => Errors(json).ShouldNotBeEmpty();

    [Fact]
    public void Load_BadFile_NamesTheFile()
    {
        var path = Path.Combine(Path.GetTempPath(), $"sluice-bad-models-{Environment.ProcessId}.json");
        File.WriteAllText(path, "{}");
        try
        {
            Should.Throw<SpecValidationException>(() => ModelTable.Load(path)).Errors[0].Path.ShouldStartWith(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void With_BadModels_ReportsThem()
    {
        Should.Throw<SpecValidationException>(() => ModelTable.Default.With(new ModelInfo { Id = "x", InputPerMillion = -1, MaxOutputTokens = 0 }))
            .Errors.Select(error => error.Path).ShouldBe(["models[0].inputPerMillion", "models[0].maxOutputTokens"], ignoreOrder: true);
        Should.Throw<SpecValidationException>(() => ModelTable.Default.With(new ModelInfo { Id = "x" }, new ModelInfo { Id = "x" }))
            .Errors.ShouldHaveSingleItem().Path.ShouldBe("models[1].id");
    }

    private static IReadOnlyList<SpecError> Errors(string json)
    {
        var exception = Should.Throw<SpecValidationException>(() => ModelTable.FromJson(json));
        exception.Code.ShouldBe(ErrorCodes.InvalidModelTable);
        return exception.Errors;
    }
}
