using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.JsonSchemas;
using Sluice.Tests.Snippets;

namespace Sluice.Tests.Authoring;

public sealed class PlanTypesTests
{
    public sealed record Rename(string From, string To, IReadOnlyList<ReferenceHandle> References);

    public sealed record Renames(IReadOnlyList<Rename> Actions);

    public sealed record WithoutActions(string Why);

    public sealed record ActionsOfNothing(string Actions);

    public sealed record WithKind(string Kind);

    public sealed record Body<TAction>(IReadOnlyList<TAction> Actions);

    [JsonDerivedType(typeof(OddCase), "odd")]
    public abstract record Odd;

    public sealed record OddCase : Odd;

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(Numbered), 1)]
    public abstract record ByNumber;

    public sealed record Numbered : ByNumber;

    public abstract record Bare;

    [Fact]
    public void Union_ByAttributes_BindsKindsToTypes()
    {
        var binding = AuthoringGuide.CampaignPlan.Binding.ShouldNotBeNull();

        binding.ActionKinds.ShouldBe(new Dictionary<string, Type> { ["invite"] = typeof(AuthoringGuide.Invite), ["discount"] = typeof(AuthoringGuide.Discount) }, ignoreOrder: true);
        (binding.BodyType, binding.ActionType).ShouldBe((typeof(AuthoringGuide.Campaign), typeof(AuthoringGuide.CampaignAction)));
    }

    [Fact]
    public void Union_WithoutAttributes_IsReadAndWrittenByItsKinds()
    {
        var plan = AuthoringGuide.MigrationPlan;
        var body = JsonElement.Parse("""{"actions":[{"kind":"drop","table":"t"},{"from":"a","to":"b","kind":"copy"}]}""");

        JsonSchema.Compile(plan.Schema).Validate(body).ShouldBeEmpty();
        body.Deserialize<AuthoringGuide.Migration>(plan.Binding!.SerializerOptions)!.Actions
            .ShouldBe([new AuthoringGuide.Drop("t"), new AuthoringGuide.Copy("a", "b")]);
        JsonSchema.Compile(plan.Schema).Validate(JsonElement.Parse("""{"actions":[{"kind":"dorp","table":"t"}]}"""))
            .ShouldHaveSingleItem().Message.ShouldContain("did you mean \"drop\"");
    }

    [Theory]
    [InlineData("""{"from":"a","to":"b","references":[]}""", true)]
    [InlineData("""{"kind":"rename","from":"a","to":"b","references":[]}""", true)]
    [InlineData("""{"kind":"other","from":"a","to":"b","references":[]}""", false)]
    public void SingleActionType_HasItsNameAsKind_WhichMayBeLeftOut(string action, bool isValid)
    {
        var plan = Define.Plan<Renames>("Renames");

        plan.Binding!.ActionKinds.ShouldHaveSingleItem().ShouldBe(new("rename", typeof(Rename)));
        JsonSchema.Compile(plan.Schema).IsValid(JsonElement.Parse($$"""{"actions":[{{action}}]}""")).ShouldBe(isValid);
    }

    [Fact]
    public void CanonicalAction_IsReadAsItsType_WithItsReferences()
    {
        var binding = Define.Plan<Renames>("Renames").Binding!;
        var handle = new ReferenceHandle { Kind = "C", Id = "ref-1" };
        var action = new PlanAction { Kind = "rename", Payload = JsonElement.Parse("""{"from":"a","to":"b"}"""), References = [handle] };

        action.Deserialize<Rename>(binding).References.ShouldBe([handle]);
    }

    [Fact]
    public void Body_ThatNoTypeCanHold_IsToldWithItsPlace()
    {
        var binding = AuthoringGuide.CampaignPlan.Binding!;

        binding.CanRead(JsonElement.Parse("""{"goal":"g","actions":[]}"""), out _).ShouldBeTrue();
        binding.CanRead(JsonElement.Parse("""{"goal":1,"actions":[]}"""), out var problem).ShouldBeFalse();
        problem.ShouldContain("$.goal");
    }

    [Fact]
    public void BodyWithoutActions_IsAProblemOfTheSpec()
    {
        foreach (var plan in new PlanSpec[] { Define.Plan<WithoutActions>("A"), Define.Plan<ActionsOfNothing>("B") })
        {
            plan.Binding.ShouldBeNull();
            Should.Throw<SpecValidationException>(() => Define.Runtime(Define.Tenant("a", "b"), [Define.Planner("p", "m", "p", plan)])).Errors
                .ShouldHaveSingleItem().Code.ShouldBe(SpecErrorCodes.PlanWithoutActions);
        }
    }

    [Fact]
    public void ActionTypes_ThatCantBeToldApart_AreRefusedWithTheWayOut()
    {
        Should.Throw<ArgumentException>(() => Define.Plan<Body<Odd>>("P")).Message.ShouldContain("'$type' and must be by 'kind'");
        Should.Throw<ArgumentException>(() => Define.Plan<Body<ByNumber>>("P")).Message.ShouldContain("Numbered has no kind");
        Should.Throw<ArgumentException>(() => Define.Plan<Body<Bare>>("P")).Message.ShouldContain("TaggedUnion.Of<Bare>()");
        Should.Throw<ArgumentException>(() => Define.Plan<Body<WithKind>>("P")).Message.ShouldContain("'kind' of its own");
        Should.Throw<ArgumentException>(() => TaggedUnion.Of<Bare>().Case<Bare>("a").Case<Bare>("b")).Message.ShouldContain("already");
    }

    [Fact]
    public void EveryTypedPlan_HasAValidSchema()
    {
        foreach (var plan in new PlanSpec[] { AuthoringGuide.CampaignPlan, AuthoringGuide.MigrationPlan, Define.Plan<Renames>("R"), Define.Plan<ScenarioPlan>("S") })
            JsonSchema.Compile(plan.Schema).Validate(JsonElement.Parse("""{"actions":1}""")).ShouldNotBeEmpty();
    }
}
