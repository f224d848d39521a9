using System.Text.Json;
using static Sluice.Tests.Specs.SpecSamples;

namespace Sluice.Tests.Specs;

public sealed class SpecValidationTests
{
    public static TheoryData<int> Rules => [.. Enumerable.Range(0, SpecRuleCases.All.Count)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void BrokenRule_IsTheOnlyError_WithCodePathAndMessage(int index)
    {
        var (code, path, message, spec) = SpecRuleCases.All[index];

        var error = spec.Validate().ShouldHaveSingleItem();

        (error.Code, error.Path).ShouldBe((code, path), error.ToString());
        error.Message.ShouldContain(message);
        error.Message[^1].ShouldBeOneOf('.', '?');
    }

    [Fact]
    public void FullSpec_IsValid()
    {
        Full.Validate().ShouldBeEmpty();
        Full.EnsureValid();
    }

    [Fact]
    public void EveryCode_IsSnakeCaseAndUnique_AndShownByATest()
    {
        SpecErrorCodes.All.ShouldBeUnique();
        SpecErrorCodes.All.ShouldAllBe(code => code.All(character => char.IsAsciiLetterLower(character) || character == '_'));

        var shown = SpecRuleCases.All.Select(rule => rule.Code).Concat(BrokenJsonCases.All.Select(rule => rule.Code));
        SpecErrorCodes.All.Except(shown).ShouldBeEmpty();
    }

    [Fact]
    public void ManyProblems_AreReportedTogether_InOneException()
    {
        var spec = WithCoordinator(agent => agent with { Routes = ["nobody", "coordinator"], MaxTurns = -1 }) with
        {
            Tenant = new() { ResourceId = "", Version = "v1" },
            References = [Rows with { Ttl = TimeSpan.Zero }],
        };

        var exception = Should.Throw<SpecValidationException>(spec.EnsureValid);

        exception.Errors.Select(error => error.Code).ShouldBe(
        [
            SpecErrorCodes.BlankTenant, SpecErrorCodes.UnknownRoute, SpecErrorCodes.SelfRoute, SpecErrorCodes.InvalidMaxTurns, SpecErrorCodes.InvalidTtl,
        ]);
        exception.Code.ShouldBe(ErrorCodes.InvalidSpec);
        exception.Message.ShouldStartWith("5 problems:");
    }

    [Fact]
    public void SameValues_AttachedTwice_AreFineAndThereOnce()
    {
        var copy = Plan with { Schema = JsonElement.Parse(" " + PlanSchema.GetRawText()) };
        var spec = Full with
        {
            Agents = [Coordinator, Planner with { Plan = copy, Tools = [Search, Search with { Description = Search.Description }] }, Executor],
            Plans = [Plan, copy],
            References = [Rows, Rows, Rows with { Name = "Rows" }],
        };

        spec.Validate().ShouldBeEmpty();
        spec.Plans.ShouldHaveSingleItem();
        spec.References.ShouldHaveSingleItem();
    }

    [Fact]
    public void ToolsWithTheSameJson_ButOtherCode_AreDifferent()
    {
        var first = ToolHandler.Create<object>((_, _) => Task.FromResult<object?>(1));
        var second = ToolHandler.Create<object>((_, _) => Task.FromResult<object?>(2));

        WithPlanner(agent => agent with { Tools = [Search with { Handler = first }] }).Validate()
            .ShouldHaveSingleItem().Code.ShouldBe(SpecErrorCodes.DuplicateTool);
        WithTool(tool => tool with { Handler = second }).Validate().ShouldBeEmpty();
    }

    [Fact]
    public void PlansOfAgents_AreThePlansOfTheSpec()
    {
        var spec = new RuntimeSpec { Tenant = Full.Tenant, Agents = [Planner, Executor] };

        spec.Plans.ShouldBe([Plan]);
    }

    [Fact]
    public void CoordinatorsLock_WithoutAnExplicitFloor_IsTheFloorsLock()
    {
        var spec = WithCoordinator(agent => agent with { ApprovalPolicies = new() { Tools = Approval.Always, Locked = true } }) with { ApprovalPolicies = null };

        spec.Validate().ShouldBeEmpty();
    }

    [Fact]
    public void ModelsProvider_WithoutAnyProvider_IsNotChecked() =>
        (Full with { Providers = new Dictionary<string, ProviderSpec>() }).Validate().ShouldBeEmpty();

    [Fact]
    public void ActionsBehindReferences_AreFound() =>
        WithPlan(plan => plan with
        {
            Schema = JsonElement.Parse(
                """{"$ref":"#/$defs/b","$defs":{"b":{"properties":{"actions":{"$ref":"#/$defs/a"}}},"a":{"type":["array","null"]}}}"""),
        }).Validate().ShouldBeEmpty();

    [Fact]
    public void KeyInTheWrongPlace_IsNotRepeatedInAnyMessage()
    {
        const string key = "sk-planted-secret";
        var spec = WithProvider(provider => provider with
        {
            ApiKey = key,
            BaseUrl = key,
            Headers = new Dictionary<string, string> { ["X"] = $"{key}\n" },
        });

        var exception = Should.Throw<SpecValidationException>(spec.EnsureValid);

        exception.Errors.Count.ShouldBe(2);
        exception.ToString().ShouldNotContain(key);
    }

    [Theory]
    [InlineData(AgentRole.Coordinator, "", "call_agent")]
    [InlineData(AgentRole.Planner, "", "store_plan,get_plan")]
    [InlineData(AgentRole.Executor, "", "get_plan,execute_plan,resolve_ref,glimpse_ref")]
    [InlineData(AgentRole.Specialist, "", "")]
    [InlineData(AgentRole.Specialist, "plans,references,agents", "get_plan,resolve_ref,glimpse_ref,call_agent")]
    [InlineData(AgentRole.Coordinator, "plans,plans,none", "call_agent,get_plan")]
    public void BuiltInTools_FollowTheRoleAndTheToolkits(AgentRole role, string toolkits, string tools) =>
        string.Join(',', BuiltInTools.Of(role, toolkits.Split(','))).ShouldBe(tools);
}
