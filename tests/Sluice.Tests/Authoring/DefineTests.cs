using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Tests.Snippets;

namespace Sluice.Tests.Authoring;

public sealed class DefineTests
{
    private static readonly PlanSpec Plan = AuthoringGuide.CampaignPlan;

    public static TheoryData<AgentRole, bool, string> Roles => new()
    {
        { AgentRole.Coordinator, true, "call_agent" },
        { AgentRole.Planner, true, "store_plan,get_plan" },
        { AgentRole.Executor, false, "get_plan,execute_plan,resolve_ref,glimpse_ref" },
        { AgentRole.Specialist, false, "" },
    };

    [Theory]
    [MemberData(nameof(Roles))]
    public void Agent_WithNothingMore_HasItsRolesDefaults(AgentRole role, bool stateful, string tools)
    {
        var agent = Agent(role);

        (agent.Role, agent.Stateful, agent.MaxTurns).ShouldBe((role, stateful, 25));
        (agent.Tools.Count, agent.Toolkits.Count, agent.ToolApprovalPolicies.Count, agent.ApprovalPolicies, agent.PromptCacheKey).ShouldBe((0, 0, 0, null, null));
        string.Join(',', BuiltInTools.Of(agent.Role, agent.Toolkits)).ShouldBe(tools);
        new AgentSpec { Name = "x", Role = role, Model = "m", SystemPrompt = "" }.Stateful.ShouldBe(stateful);
    }

    [Fact]
    public void Agent_WithEverything_KeepsIt()
    {
        var agent = Define.Specialist(
            "s", "m", "p", tools: [AuthoringGuide.PostEntryTool], toolkits: ["catalog"], maxTurns: 3, stateful: true, approval: new() { Tools = Approval.Never },
            toolApprovals: new() { ["post_entry"] = Approval.Always }, promptCacheKey: "k", routes: ["t"]);

        agent.Tools.ShouldBe([AuthoringGuide.PostEntryTool]);
        (agent.Toolkits[0], agent.MaxTurns, agent.Stateful, agent.PromptCacheKey, agent.Routes[0]).ShouldBe(("catalog", 3, true, "k", "t"));
        agent.ApprovalPolicies!.Tools.ShouldBe(Approval.Never);
        agent.ToolApprovalPolicies["post_entry"].ShouldBe(Approval.Always);
    }

    [Fact]
    public void Tool_WithEverything_KeepsIt()
    {
        var tool = Define.Tool<AuthoringGuide.PostEntry, string>(
            "t", "d", (args, _) => Task.FromResult(args.Account), Approval.Always, ToolEffect.ReadOnly, TimeSpan.FromSeconds(1), 512,
            LargeResultHandling.Truncate, "Customers");

        (tool.Name, tool.Description, tool.Approval, tool.Effect).ShouldBe(("t", "d", Approval.Always, ToolEffect.ReadOnly));
        (tool.Timeout, tool.MaxResultBytes, tool.LargeResult, tool.Reference).ShouldBe((TimeSpan.FromSeconds(1), 512, LargeResultHandling.Truncate, "Customers"));
        tool.Handler.ShouldNotBeNull();
        tool.InputSchema.GetProperty("required").GetRawText().ShouldBe("""["account","amount"]""");
    }

    [Fact]
    public void Tool_WithNothingMore_IsASideEffectWithoutAPolicy()
    {
        var tool = Define.Tool("t", "d", JsonElement.Parse("""{"type":"object"}"""));

        (tool.Approval, tool.Effect, tool.Timeout, tool.MaxResultBytes, tool.LargeResult, tool.Reference, tool.Handler)
            .ShouldBe((null, ToolEffect.SideEffect, null, null, LargeResultHandling.Offload, null, null));
    }

    [Fact]
    public void Tool_OfAFunctionThatRequiresApproval_NeedsItUnlessTheAuthorSaysOtherwise()
    {
        var function = new ApprovalRequiredAIFunction(AIFunctionFactory.Create(() => 1, "one", "One."));

        Define.Tool(function).Approval.ShouldBe(Approval.Always);
        Define.Tool(function, approval: Approval.Never).Approval.ShouldBe(Approval.Never);
    }

    [Fact]
    public void ToolOverloads_WithExplicitTypes_AreTold()
    {
        Define.Tool("a", "d", (AuthoringGuide.PostEntry args, ToolContext _) => Task.FromResult(args.Account)).InputSchema
            .GetProperty("properties").TryGetProperty("account", out _).ShouldBeTrue();
        Define.Tool("b", "d", (string account, ToolContext _) => account).InputSchema
            .GetProperty("properties").EnumerateObject().ShouldHaveSingleItem().Name.ShouldBe("account");
    }

    [Fact]
    public void Reference_Glimpse_GetsTheTypedValue()
    {
        var reference = Define.Reference<AuthoringGuide.Customers>("C", glimpse: customers => customers.Ids.Count);

        reference.Glimpse!(new AuthoringGuide.Customers(["a", "b"])).ShouldBe(2);
        reference.ValueType.ShouldBe(typeof(AuthoringGuide.Customers));
    }

    [Fact]
    public void Runtime_WithProblems_ThrowsThemAll() =>
        Should.Throw<SpecValidationException>(() => Define.Runtime(Define.Tenant("", "v1"), [])).Errors.Select(error => error.Code)
            .ShouldBe([SpecErrorCodes.BlankTenant, SpecErrorCodes.NoAgents]);

    private static AgentSpec Agent(AgentRole role) => role switch
    {
        AgentRole.Coordinator => Define.Coordinator("c", "m", "p", ["s"]),
        AgentRole.Planner => Define.Planner("p", "m", "p", Plan),
        AgentRole.Executor => Define.Executor("e", "m", "p", Plan),
        _ => Define.Specialist("s", "m", "p"),
    };
}
