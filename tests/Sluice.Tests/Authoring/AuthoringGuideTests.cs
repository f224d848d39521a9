using System.Text.Json;
using Sluice.JsonSchemas;
using Sluice.Tests.Snippets;

namespace Sluice.Tests.Authoring;

public sealed class AuthoringGuideTests
{
    [Fact]
    public void SpecOfTheGuide_IsValid_AndSurvivesJson()
    {
        var spec = AuthoringGuide.Spec();

        AuthoringGuide.Json(spec).ToJson().ShouldBe(spec.ToJson());
        JsonSchema.Compile(JsonElement.Parse(RuntimeSpecSchema.ToJson())).Validate(JsonElement.Parse(spec.ToJson())).ShouldBeEmpty();
    }

    [Fact]
    public void ErrorsOfTheGuide_AreWhatThePageShows() =>
        AuthoringGuide.Errors().ShouldBe(
            """
            tenant.version: The tenant's version is blank. Give it a text. (blank_tenant)
            agents[0].routes[0]: There is no agent "planer"; did you mean "planner"? (unknown_route)
            agents[1].maxTurns: 0 turns are too few. Give at least 1. (invalid_max_turns)

            """);
}
