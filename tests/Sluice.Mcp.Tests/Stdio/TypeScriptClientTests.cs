using System.Text.Json;
using Sluice.Mcp.Tests.Programs;

namespace Sluice.Mcp.Tests.Stdio;

/// <summary>What the official TypeScript SDK sees of the server over stdio. One conversation, looked at by all tests.</summary>
public sealed class TypeScriptClientTests(TypeScriptClientTests.Conversation conversation) : IClassFixture<TypeScriptClientTests.Conversation>
{
    private JsonElement Seen
    {
        get
        {
            NodePrograms.SkipWithoutPackages();
            return conversation.Seen;
        }
    }

    [Fact]
    public void Tools_AreTheAgentsWithoutCallAgent_WithSchemasAndHints()
    {
        var tools = Seen.GetProperty("tools").EnumerateArray().ToDictionary(tool => tool.GetProperty("name").GetString()!);

        tools.Keys.ShouldNotContain("call_agent");
        var add = tools["add"];
        add.GetProperty("description").GetString().ShouldBe("Adds two numbers.");
        add.GetProperty("inputSchema").GetProperty("properties").GetProperty("a").GetProperty("description").GetString().ShouldBe("The first number.");
        Hints(add).ShouldBe((true, true, false));
        Hints(tools["post_entry"]).ShouldBe((false, true, true));
    }

    [Fact]
    public void Result_IsStructuredContentAndText()
    {
        Seen.GetProperty("sum").GetProperty("structuredContent").GetProperty("sum").GetInt32().ShouldBe(5);
        Text("sum").ShouldBe("""{"sum":5}""");
        Text("text").ShouldBe("This is a simple text response for testing.");
        Seen.GetProperty("text").GetProperty("structuredContent").GetProperty("result").GetString().ShouldBe(Text("text"));
    }

    [Fact]
    public void Call_ThatFails_IsAToolError()
    {
        Error("wrongArguments").ShouldBe("invalid_arguments");
        Text("wrongArguments").ShouldContain("/a");
        Error("thrown").ShouldBe("tool_failed");
    }

    [Fact]
    public void Call_OfAToolThatIsNotServed_IsAProtocolError()
    {
        Seen.GetProperty("unknownTool").GetProperty("code").GetInt32().ShouldBe(-32602);
        Seen.GetProperty("agentTool").GetProperty("code").GetInt32().ShouldBe(-32602);
    }

    [Fact]
    public void Progress_IsPassedOn()
    {
        var first = Seen.GetProperty("progress")[0];
        first.GetProperty("message").GetString().ShouldBe("phase 0");
        first.GetProperty("progress").GetInt32().ShouldBe(0);
        first.GetProperty("total").GetInt32().ShouldBe(3);
    }

    [Fact]
    public void Call_ThatIsCancelled_IsStoppedAndLeavesTheServerUsable()
    {
        Seen.GetProperty("stopped").GetBoolean().ShouldBeTrue();
        Seen.GetProperty("cancelled").GetProperty("message").GetString()!.ShouldContain("enough");
        Seen.GetProperty("resource").ValueKind.ShouldBe(JsonValueKind.Object);
    }

    [Fact]
    public void Reference_IsAResourceWithItsGlimpseAlone()
    {
        Seen.GetProperty("templates")[0].GetProperty("uriTemplate").GetString().ShouldBe("sluice://reference/{kind}/{id}");
        var envelope = JsonElement.Parse(Seen.GetProperty("resource").GetProperty("contents")[0].GetProperty("text").GetString()!);
        envelope.GetProperty("glimpse").GetProperty("productCount").GetInt32().ShouldBe(2);
        envelope.TryGetProperty("ids", out _).ShouldBeFalse();
        Seen.GetProperty("unknownResource").GetProperty("code").GetInt32().ShouldBe(-32002);
        Seen.GetProperty("foreignResource").GetProperty("code").GetInt32().ShouldBe(-32002);
    }

    [Fact]
    public void GatedCall_WhereTheClientCannotAsk_IsAToolError() => Error("gatedWithoutElicitation").ShouldBe("approval_required");

    [Fact]
    public void GatedCall_WhereTheClientCanAsk_RunsWhenTheUserApproves()
    {
        var approved = Seen.GetProperty("approve");

        approved.GetProperty("result").GetProperty("structuredContent").GetProperty("posted").GetInt32().ShouldBe(7);
        approved.GetProperty("asked").EnumerateArray().ShouldHaveSingleItem().GetProperty("message").GetString()!.ShouldContain("\"amount\": 7");
    }

    [Theory]
    [InlineData("reject", "said the user")]
    [InlineData("decline", "did not answer")]
    public void GatedCall_ThatTheUserDoesNotApprove_IsAToolErrorWithTheReason(string answer, string reason)
    {
        var result = Seen.GetProperty(answer).GetProperty("result");

        result.GetProperty("isError").GetBoolean().ShouldBeTrue();
        result.GetProperty("structuredContent").GetProperty("error").GetProperty("code").GetString().ShouldBe("rejected");
        result.GetProperty("content")[0].GetProperty("text").GetString()!.ShouldContain(reason);
    }

    private static (bool ReadOnly, bool Idempotent, bool Destructive) Hints(JsonElement tool)
    {
        var hints = tool.GetProperty("annotations");
        return (hints.GetProperty("readOnlyHint").GetBoolean(), hints.GetProperty("idempotentHint").GetBoolean(), hints.GetProperty("destructiveHint").GetBoolean());
    }

    private string Text(string call) => Seen.GetProperty(call).GetProperty("content")[0].GetProperty("text").GetString()!;

    private string Error(string call)
    {
        Seen.GetProperty(call).GetProperty("isError").GetBoolean().ShouldBeTrue();
        return Seen.GetProperty(call).GetProperty("structuredContent").GetProperty("error").GetProperty("code").GetString()!;
    }

    public sealed class Conversation : IAsyncLifetime
    {
        public JsonElement Seen { get; private set; }

        public async ValueTask InitializeAsync()
        {
            // A test can be skipped, what it stands on cannot.
            if (NodePrograms.AreThere) Seen = JsonElement.Parse(await NodePrograms.RunAsync("stdio.mjs", ["dotnet", NodePrograms.Server, "stdio"]));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
