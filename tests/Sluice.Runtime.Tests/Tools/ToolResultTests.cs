using System.Text;
using System.Text.Json;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.Tools;

public sealed class ToolResultTests
{
    [Theory]
    [InlineData("null", "null")]
    [InlineData("text", "\"plain\"")]
    [InlineData("empty", "\"\"")]
    [InlineData("object", """{"a":1}""")]
    public async Task Result_AnyValue_GoesToTheModelAndTheEventAsItIs(string what, string json)
    {
        var tool = Sample.Tool("give", _ => Task.FromResult<object?>(what switch
        {
            "null" => null,
            "text" => "plain",
            "empty" => "",
            _ => new { a = 1 },
        }));
        var client = FunctionChatClient.Replies(Sample.Calls("c1", "give"), FunctionChatClient.Text("ok"));
        await using var runtime = Sample.WithClient(Sample.Agent(tool), client);
        var events = await runtime.RunAsync("go");
        events.ShouldFinish();
        client.Requests[1].Messages[^1].ShouldBeResult("c1").GetRawText().ShouldBe(json);
        var late = await runtime.EventsAsync(events[0].RunId).ReadAsync();
        late.ToJson().ShouldBe(events.ToJson());
        late.Results()[0].Result!.Value.GetRawText().ShouldBe(json);
    }

    [Fact]
    public async Task Result_OverTheLimit_IsStoredAndTheModelGetsHandleGlimpseAndSize()
    {
        var rows = Enumerable.Range(0, 200).Select(n => new { id = n, name = $"row {n}" }).ToList();
        var tool = Sample.Tool("rows", _ => Task.FromResult<object?>(rows)) with { MaxResultBytes = 1000 };
        await using var runtime = Sample.Scripted(Sample.Agent(tool));
        var events = await runtime.RunAsync(Script.Of(Script.Call("rows"), Script.Text("ok")));

        var result = events.Results().ShouldHaveSingleItem().Result!.Value;
        var full = JsonSerializer.Serialize(rows);
        result.GetProperty("bytes").GetInt32().ShouldBe(Encoding.UTF8.GetByteCount(full));
        result.GetProperty("glimpse").GetProperty("count").GetInt32().ShouldBe(200);
        result.GetProperty("glimpse").GetProperty("keys").EnumerateArray().Select(key => key.GetString()).ShouldBe(["id", "name"]);
        result.GetRawText().Length.ShouldBeLessThan(1000);
        var handle = result.GetProperty("reference").Deserialize<ReferenceHandle>(JsonSerializerOptions.Web)!;
        (await runtime.ResolveReferenceAsync(handle)).GetRawText().ShouldBe(full);
        var created = events.OfType<ReferenceCreatedEvent>().ShouldHaveSingleItem();
        (created.Kind, created.Id, created.Agent).ShouldBe((handle.Kind, handle.Id, "solo"));
        events.ToJson().ShouldAllBe(line => line.Length < 2000);
    }

    [Fact]
    public async Task Result_ExactlyAtTheLimit_IsNotStored()
    {
        var tool = Sample.Tool("give", _ => Task.FromResult<object?>(new string('a', 998))) with { MaxResultBytes = 1000 };
        await using var runtime = Sample.Scripted(Sample.Agent(tool));
        var events = await runtime.RunAsync(Script.Of(Script.Call("give")));
        events.Results()[0].Result!.Value.GetString()!.Length.ShouldBe(998);
        events.OfType<ReferenceCreatedEvent>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a")]
    [InlineData("\"")]
    [InlineData("é€😀")]
    [InlineData("\n")]
    public async Task Result_ToTruncate_IsCutWithinTheLimitAndSaysSo(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 5000));
        var tool = Sample.Tool("give", _ => Task.FromResult<object?>(text)) with { MaxResultBytes = 1000, LargeResult = LargeResultHandling.Truncate };
        await using var runtime = Sample.Scripted(Sample.Agent(tool));
        var events = await runtime.RunAsync(Script.Of(Script.Call("give")));
        var result = events.Results()[0].Result!.Value;
        Encoding.UTF8.GetByteCount(result.GetRawText()).ShouldBeInRange(400, 1000);
        result.GetProperty("truncated").GetBoolean().ShouldBeTrue();
        result.GetProperty("bytes").GetInt32().ShouldBeGreaterThan(5000);
        var beginning = result.GetProperty("beginning").GetString()!;
        JsonSerializer.Serialize(text, Sluice.Json.SluiceJson.Options).ShouldStartWith(beginning);
        beginning.ShouldNotContain('\ufffd');
    }
}
