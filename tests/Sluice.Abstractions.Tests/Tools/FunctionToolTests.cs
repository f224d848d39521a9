using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.JsonSchemas;
using Sluice.Tests.Schemas;

namespace Sluice.Tests.Tools;

public sealed class FunctionToolTests
{
    [Fact]
    public void Delegate_GivesASchemaOfWhatTheModelFills()
    {
        var tool = ToolSpec.FromDelegate("find", "Finds.", Find);

        JsonSchema.Compile(tool.InputSchema);
        tool.InputSchema.GetRawText().ShouldBe(
            """
            {"type":"object","properties":{"words":{"description":"Words in the name","type":"string","minLength":2},"season":{"type":"string","enum":["winter","late_summer","any"],"default":"late_summer"},"limit":{"type":["integer","null"],"minimum":1,"maximum":50,"default":null}},"required":["words"],"additionalProperties":false}
            """.Trim());
    }

    [Fact]
    public async Task Delegate_GetsArguments_ContextServicesAndToken()
    {
        using var source = new CancellationTokenSource();
        var services = new OneService("service");
        var tool = ToolSpec.FromDelegate("find", "Finds.", Find);

        var result = await tool.Handler!.InvokeAsync(
            JsonElement.Parse("""{"words":"boots","season":"any"}"""), new RecordingToolContext(services, source.Token));

        result.GetRawText().ShouldBe("""{"words":"boots","season":"any","limit":null,"runId":"run-1","service":"service","canBeCancelled":true}""");
    }

    [Fact]
    public async Task Delegate_WithAWrongArgument_IsInvalidArguments()
    {
        var tool = ToolSpec.FromDelegate("find", "Finds.", Find);

        var exception = await Should.ThrowAsync<SluiceException>(async () =>
            await tool.Handler!.InvokeAsync(JsonElement.Parse("""{"words":"boots","season":"spring"}"""), new RecordingToolContext()));

        exception.Code.ShouldBe(ErrorCodes.InvalidArguments);
        exception.Message.ShouldContain("'season'");
    }

    [Fact]
    public void RecursiveParameters_ShareTheirDefinitions()
    {
        var tool = ToolSpec.FromDelegate("join", "Joins.", (Sample.Node left, Sample.Node right, Sample.Change change) => left.Name + right.Name + change);

        var schema = JsonSchema.Compile(tool.InputSchema);
        schema.Validate(JsonElement.Parse(
            """
            {
              "left": {"name":"a","next":{"name":"b","next":null,"children":[]},"children":[{"name":"c","next":null,"children":[]}]},
              "right": {"name":"d","next":null,"children":[]},
              "change": {"kind":"price_change","productId":"p","newPrice":1}
            }
            """)).ShouldBeEmpty();
        schema.Validate(JsonElement.Parse(
            """{"left":{"name":"a","next":null,"children":[{"name":1,"next":null,"children":[]}]},"right":{"name":"d","next":null,"children":[]},"change":{"kind":"none"}}"""))
            .Select(violation => violation.InstancePath).ShouldBe(["/left/children/0/name", "/change/kind"], ignoreOrder: true);
    }

    [Fact]
    public async Task Function_IsCalledUnderItsOwnNameAndSchema()
    {
        var function = AIFunctionFactory.Create((int a, int b) => a + b, "add", "Adds.");
        var tool = ToolSpec.FromFunction(function);

        (tool.Name, tool.Description, tool.Approval).ShouldBe(("add", "Adds.", null));
        tool.InputSchema.GetRawText().ShouldBe(function.JsonSchema.GetRawText());
        (await tool.Handler!.InvokeAsync(JsonElement.Parse("""{"a":1,"b":2}"""), new RecordingToolContext())).GetInt32().ShouldBe(3);
    }

    [Fact]
    public void FunctionThatRequiresApproval_AlwaysNeedsIt()
    {
        var function = new ApprovalRequiredAIFunction(AIFunctionFactory.Create(() => 1, "one", "One."));

        ToolSpec.FromFunction(function).Approval.ShouldBe(Approval.Always);
    }

    private static object Find(
        [Description("Words in the name"), MinLength(2)] string words,
        ToolContext context,
        IServiceProvider services,
        CancellationToken cancellationToken,
        Sample.Season season = Sample.Season.LateSummer,
        [Range(1, 50)] int? limit = null) => new
        {
            words,
            season,
            limit,
            context.RunId,
            service = services.GetService(typeof(string)),
            canBeCancelled = cancellationToken.CanBeCanceled,
        };

    private sealed class OneService(string service) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(string) ? service : null;
    }
}
