using System.Text;
using System.Text.Json;

namespace Sluice.Runtime.Tests.References;

public sealed class ResolveRefTests
{
    private const int Limit = 2048;

    [Fact]
    public async Task ResolveRef_Array_PagesGoThroughAllOfItWithinTheLimit()
    {
        var value = Enumerable.Range(0, 500).Select(n => new { n, text = $"row {n} äöü\u2028 😀 \"quoted\"" }).ToArray();
        var seen = await ReadAllAsync(value, page => page.GetProperty("value").EnumerateArray().Select(item => item.GetProperty("n").GetInt32()));
        seen.ShouldBe(Enumerable.Range(0, 500));
    }

    [Fact]
    public async Task ResolveRef_Object_PagesGoThroughAllMembers()
    {
        var value = Enumerable.Range(0, 300).ToDictionary(n => $"member-{n:000}", n => $"value {n}");
        var seen = await ReadAllAsync(value, page => page.GetProperty("value").EnumerateObject().Select(member => member.Name));
        seen.ShouldBe(value.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("plain text ")]
    [InlineData("😀")]
    [InlineData("a😀\u2028\u0001\"\\")]
    public async Task ResolveRef_String_PagesJoinToItAndSplitNoCharacter(string unit)
    {
        var text = new StringBuilder().Insert(0, unit, 3000).ToString();
        var pieces = await ReadAllAsync<string>(text, page =>
        {
            var piece = page.Text("value");
            piece.ShouldNotContain('\uFFFD');
            return [piece];
        });
        string.Concat(pieces).ShouldBe(text);
    }

    [Fact]
    public async Task ResolveRef_LimitOfOneOnSurrogates_StillGetsOn()
    {
        await using var desk = await DeskAsync("a😀b😀");
        var text = new StringBuilder();
        for (int? offset = 0; offset is not null;)
        {
            var page = await desk.ReadAsync(new { offset, limit = 1 });
            text.Append(page.Text("value"));
            offset = page.GetProperty("nextOffset").ValueKind == JsonValueKind.Null ? null : page.GetProperty("nextOffset").GetInt32();
        }

        text.ToString().ShouldBe("a😀b😀");
        (await desk.ReadAsync(new { offset = 2, limit = 2 })).ShouldSatisfyAllConditions(
            page => page.GetProperty("offset").GetInt32().ShouldBe(1), page => page.Text("value").ShouldBe("😀"));
    }

    [Theory]
    [InlineData("/rows/1/name", "b")]
    [InlineData("/rows/1/a~1b", "slash")]
    [InlineData("/rows/1/a~0b", "tilde")]
    public async Task ResolveRef_Path_ReadsInside(string path, string expected)
    {
        await using var desk = await DeskAsync(Office.Json("""{"rows":[{"name":"a"},{"name":"b","a/b":"slash","a~b":"tilde"}]}"""));
        (await desk.ReadAsync(new { path })).Text("value").ShouldBe(expected);
    }

    [Theory]
    [InlineData("/rows/9")]
    [InlineData("/rows/x")]
    [InlineData("/missing")]
    [InlineData("/rows/0/name/deeper")]
    public async Task ResolveRef_PathThatLeadsNowhere_SaysWhatIsThereAndNoMore(string path)
    {
        var large = new { rows = new[] { new { name = new string('x', 100_000) } } };
        await using var desk = await DeskAsync(large);
        var error = await desk.FailAsync(new { path });
        error.Code.ShouldBe("invalid_arguments");
        error.Message.ShouldContain($"nothing at '{path}'");
        error.Message.Length.ShouldBeLessThan(300);
    }

    [Fact]
    public async Task ResolveRef_OffsetAndLimit_AreHonouredAlsoBeyondTheEnd()
    {
        await using var desk = await DeskAsync(new[] { 10, 11, 12, 13 });
        (await desk.ReadAsync(new { offset = 1, limit = 2 })).GetRawText()
            .ShouldBe("""{"type":"array","total":4,"offset":1,"count":2,"nextOffset":3,"hint":null,"value":[11,12]}""");
        (await desk.ReadAsync(new { offset = 99 })).ShouldSatisfyAllConditions(
            page => page.GetProperty("count").GetInt32().ShouldBe(0), page => page.GetProperty("nextOffset").ValueKind.ShouldBe(JsonValueKind.Null));
        (await desk.ReadAsync(new { offset = 2.0, limit = 1e3 })).GetProperty("count").GetInt32().ShouldBe(2);
        (await desk.FailAsync(new { offset = -1 })).Code.ShouldBe("invalid_arguments");
        (await desk.FailAsync(new { limit = 0 })).Code.ShouldBe("invalid_arguments");
    }

    [Fact]
    public async Task ResolveRef_ItemLargerThanAPage_TellsHowToReadItAndWhereTheNextIs()
    {
        await using var desk = await DeskAsync(new object[] { new string('x', 10_000), "small" });
        var page = await desk.ReadAsync(new { });
        page.Text("hint").ShouldContain("Read inside it with path");
        page.GetProperty("nextOffset").GetInt32().ShouldBe(1);
        (await desk.ReadAsync(new { offset = 1 })).GetProperty("value")[0].GetString().ShouldBe("small");
        (await desk.ReadAsync(new { path = "/0" })).Text("value").Length.ShouldBeGreaterThan(1000);
    }

    [Theory]
    [InlineData("5", """{"type":"number","value":5}""")]
    [InlineData("null", """{"type":"null","value":null}""")]
    [InlineData("{\"a\":1}", """{"type":"object","value":{"a":1}}""")]
    [InlineData("\"s\"", """{"type":"string","value":"s"}""")]
    public async Task ResolveRef_SmallValue_IsReturnedWhole(string value, string result)
    {
        await using var desk = await DeskAsync(Office.Json(value));
        (await desk.ReadAsync(new { })).GetRawText().ShouldBe(result);
    }

    [Fact]
    public async Task GlimpseRef_ReturnsTheEnvelopeAndNotTheValue()
    {
        await using var desk = await DeskAsync(new[] { "secret-value" });
        var run = await WatchedRun.StartAsync(desk.Runtime, Script.Of(Script.Call("glimpse_ref", new { kind = "Anything", id = desk.Id })));
        var glimpse = (await run.EndedAsync()).ResultOf("glimpse_ref");
        glimpse.GetProperty("glimpse").GetProperty("count").GetInt32().ShouldBe(1);
        glimpse.GetRawText().ShouldNotContain("secret-value");
    }

    [Fact]
    public async Task ResolveRef_UnknownHandle_IsNotFound()
    {
        await using var desk = await DeskAsync(1);
        var run = await WatchedRun.StartAsync(desk.Runtime, Script.Of(Script.Call("resolve_ref", new { kind = "Anything", id = "ref-none" })));
        (await run.EndedAsync()).ErrorOf("resolve_ref").Code.ShouldBe("reference_not_found");
    }

    private static async Task<List<T>> ReadAllAsync<T>(object value, Func<JsonElement, IEnumerable<T>> read)
    {
        await using var desk = await DeskAsync(value);
        var all = new List<T>();
        long? offset = 0;
        while (offset is not null)
        {
            var page = await desk.ReadAsync(new { offset });
            Encoding.UTF8.GetByteCount(page.GetRawText()).ShouldBeLessThanOrEqualTo(Limit);
            page.GetProperty("count").GetInt32().ShouldBeGreaterThan(0);
            all.AddRange(read(page));
            offset = page.GetProperty("nextOffset").ValueKind == JsonValueKind.Null ? null : page.GetProperty("nextOffset").GetInt64();
        }

        return all;
    }

    private static async Task<Desk> DeskAsync(object value)
    {
        var spec = Define.Runtime(
            Define.Tenant("acme", "v1"), [Define.Specialist("clerk", "m", "p", toolkits: ["references"])],
            references: [Define.Reference("Anything", Office.Json("true"))]);
        var runtime = Office.Create(spec, limits: new() { MaxResultBytes = Limit });
        return new(runtime, (await runtime.CreateReferenceAsync("Anything", value)).Id);
    }

    private sealed record Desk(SluiceRuntime Runtime, string Id) : IAsyncDisposable
    {
        public async Task<JsonElement> ReadAsync(object arguments) => (await CallAsync(arguments)).ResultOf("resolve_ref");

        public async Task<ErrorInfo> FailAsync(object arguments) => (await CallAsync(arguments)).ErrorOf("resolve_ref");

        public ValueTask DisposeAsync() => Runtime.DisposeAsync();

        private async Task<IReadOnlyList<RuntimeEvent>> CallAsync(object arguments)
        {
            var all = JsonSerializer.SerializeToNode(arguments)!.AsObject();
            (all["kind"], all["id"]) = ("Anything", Id);
            return await (await WatchedRun.StartAsync(Runtime, Script.Of(Script.Call("resolve_ref", all)))).EndedAsync();
        }
    }
}
