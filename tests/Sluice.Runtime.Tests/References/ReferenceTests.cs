using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sluice.Runtime.Memory;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.References;

public sealed record Rows(IReadOnlyList<Row> Items);

public sealed record Row(string Id, decimal Value);

public sealed class ReferenceTests
{
    private static readonly ReferenceSpec<Rows> RowSet = Define.Reference<Rows>(
        "RowSet", ttl: TimeSpan.FromHours(1), glimpse: rows => new { count = rows.Items.Count });

    private static readonly ReferenceSpec Anything = Define.Reference("Anything", Office.Json("true"));

    private readonly ManualTimeProvider _time = new();
    private readonly MemoryStorage _storage = MemoryStorage.Create();

    [Fact]
    public async Task Create_Value_IdIsTheDocumentedHash()
    {
        await using var runtime = Open();
        var envelope = await runtime.CreateReferenceAsync("Anything", new { b = 1, a = "x" });
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes("Anything\n{\"a\":\"x\",\"b\":1}"));
        envelope.Id.ShouldBe($"ref-{Convert.ToHexStringLower(hash)[..32]}");
        envelope.Bytes.ShouldBe("""{"a":"x","b":1}""".Length);
    }

    [Theory]
    [InlineData("""{"a":1,"b":[true]}""", """{ "b": [true], "a": 1.0 }""", true)]
    [InlineData("\"é\"", "\"\\u00e9\"", true)]
    [InlineData("10", "1e1", true)]
    [InlineData("1", "\"1\"", false)]
    [InlineData("[1,2]", "[2,1]", false)]
    public async Task Create_TwoSpellings_ShareAHandleIfTheyAreOneValue(string one, string other, bool same)
    {
        await using var runtime = Open();
        var first = await runtime.CreateReferenceAsync("Anything", Office.Json(one));
        var second = await runtime.CreateReferenceAsync("Anything", Office.Json(other));
        (first.Id == second.Id).ShouldBe(same);
    }

    [Fact]
    public async Task Resolve_AnotherTenantOrKind_IsNotFoundEvenWithTheId()
    {
        await using var ours = Open();
        await using var theirs = Open("rival");
        var handle = (await ours.CreateReferenceAsync("Anything", 7)).ToHandle();
        await theirs.ResolveReferenceAsync(handle).ShouldFailAsync("reference_not_found");
        await theirs.ReferenceGlimpseAsync(handle).ShouldFailAsync("reference_not_found");
        await ours.ResolveReferenceAsync(handle with { Kind = "RowSet" }).ShouldFailAsync("reference_not_found");
        (await theirs.CreateReferenceAsync("Anything", 7)).Id.ShouldBe(handle.Id);
        (await ours.ResolveReferenceAsync(handle)).GetInt32().ShouldBe(7);
    }

    [Fact]
    public async Task Life_TtlPassed_IsExpiredAndTheSameValueLivesOn()
    {
        await using var runtime = Open();
        var value = new Rows([new("a", 1)]);
        var envelope = await runtime.CreateReferenceAsync(RowSet, value);
        envelope.ExpiresAt.ShouldBe(_time.GetUtcNow() + TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromMinutes(50));
        (await runtime.CreateReferenceAsync(RowSet, value)).ShouldSatisfyAllConditions(
            again => again.Id.ShouldBe(envelope.Id), again => again.ExpiresAt.ShouldBe(_time.GetUtcNow() + TimeSpan.FromHours(1)));
        _time.Advance(TimeSpan.FromMinutes(50));
        (await runtime.ResolveReferenceAsync<Rows>(envelope.ToHandle())).Items.ShouldBe(value.Items);
        _time.Advance(TimeSpan.FromMinutes(10));
        (await runtime.ResolveReferenceAsync(envelope.ToHandle()).ShouldFailAsync("reference_expired")).Message.ShouldContain("Create it again");
        await runtime.ReferenceGlimpseAsync(envelope.ToHandle()).ShouldFailAsync("reference_expired");
        await runtime.CreateReferenceAsync(RowSet, value);
        (await runtime.ReferenceGlimpseAsync(envelope.ToHandle())).CreatedAt.ShouldBe(envelope.CreatedAt);
    }

    [Fact]
    public async Task Sweep_ExpiredLongAgo_IsRemovedAndWhatHasNoTtlStays()
    {
        await using var runtime = Open();
        var mortal = (await runtime.CreateReferenceAsync(RowSet, new([]))).ToHandle();
        var eternal = (await runtime.CreateReferenceAsync("Anything", 1)).ToHandle();
        await SweepAsync(runtime, mortal);
        await runtime.ResolveReferenceAsync(mortal).ShouldFailAsync("reference_not_found");
        await runtime.ResolveReferenceAsync(eternal);
    }

    [Theory]
    [InlineData(PlanStatus.Approved, true)]
    [InlineData(PlanStatus.Executing, true)]
    [InlineData(PlanStatus.Draft, false)]
    [InlineData(PlanStatus.Failed, false)]
    public async Task Sweep_APlanPointsToAnExpiredValue_IsKeptWhileThePlanIsUnderWay(PlanStatus status, bool kept)
    {
        await using var runtime = Open();
        var handle = (await runtime.CreateReferenceAsync(RowSet, new([]))).ToHandle();
        var other = (await runtime.CreateReferenceAsync(RowSet, new([new("x", 1)]))).ToHandle();
        await _storage.Plans.TryAddAsync(
            runtime.Spec.Tenant,
            new()
            {
                PlanId = "p",
                SpecName = "P",
                Status = status,
                Version = 1,
                Context = Office.Json("{}"),
                ContentHash = "",
                ThreadId = "t",
                RunId = "r",
                StepKey = "k",
                Actions = [new() { Kind = "a", Payload = JsonSerializer.SerializeToElement(new { deep = new[] { new { kind = handle.Kind, id = handle.Id } } }) }],
                History = [new() { Status = status, Version = 1, At = _time.GetUtcNow() }],
            },
            default);
        await SweepAsync(runtime, other);
        (await _storage.References.GetAsync(runtime.Spec.Tenant, handle, default) is not null).ShouldBe(kept);
    }

    [Fact]
    public async Task Glimpse_OverFourKiB_IsRefusedWithAHint()
    {
        await using var runtime = Open();
        (await runtime.CreateReferenceAsync("Anything", 1, glimpse: new string('x', 4095)).ShouldFailAsync("invalid_reference"))
            .Message.ShouldBe("The glimpse of reference kind 'Anything' is 4097 bytes of JSON; the most is 4096. Summarise: counts and a few examples.");
        (await runtime.CreateReferenceAsync("Anything", 1, glimpse: new string('x', 4094))).Glimpse.GetString()!.Length.ShouldBe(4094);
    }

    [Theory]
    [InlineData("""[{"id":1,"name":"n"},{"id":2}]""", """{"type":"array","count":2,"keys":["id","name"]}""")]
    [InlineData("""[]""", """{"type":"array","count":0,"keys":null}""")]
    [InlineData("""{"a":1,"b":2}""", """{"type":"object","count":2,"keys":["a","b"]}""")]
    [InlineData("\"abc\"", """{"type":"string","length":3}""")]
    [InlineData("12", """{"type":"number"}""")]
    public async Task Glimpse_NoneGiven_TellsTypeCountAndFirstKeys(string value, string glimpse)
    {
        await using var runtime = Open();
        (await runtime.CreateReferenceAsync("Anything", Office.Json(value))).Glimpse.GetRawText().ShouldBe(glimpse);
    }

    [Fact]
    public async Task Glimpse_SpecsFunction_IsUsedAlsoForJsonByKind()
    {
        await using var runtime = Open();
        (await runtime.CreateReferenceAsync("RowSet", new { items = new[] { new { id = "a", value = 1 } } })).Glimpse.GetRawText().ShouldBe("""{"count":1}""");
        (await runtime.ReferenceGlimpseAsync((await runtime.CreateReferenceAsync(RowSet, new([]), new { mine = true })).ToHandle()))
            .Glimpse.GetRawText().ShouldBe("""{"mine":true}""");
    }

    [Fact]
    public async Task Glimpse_FunctionThrows_IsToldAndNothingIsStored()
    {
        var broken = Define.Reference<Rows>("Broken", glimpse: _ => throw new InvalidOperationException("oops"));
        await using var runtime = SluiceRuntime.Create(Spec("acme", broken), new() { Storage = _storage });
        (await runtime.CreateReferenceAsync(broken, new([])).ShouldFailAsync("invalid_reference")).Message.ShouldContain("could not be made: oops");
    }

    [Fact]
    public async Task Create_ValueThatDoesNotFitOrHasNoCanonicalForm_IsRefusedByPath()
    {
        await using var runtime = Open();
        (await runtime.CreateReferenceAsync("RowSet", new { items = new object[] { new { id = "a", value = "1" } } }).ShouldFailAsync("invalid_reference"))
            .Message.ShouldContain("/items/0/value");
        (await runtime.CreateReferenceAsync("Unheard", 1).ShouldFailAsync("unknown_reference_kind")).Message.ShouldContain("Registered: Anything, RowSet, ToolResult");
        await runtime.CreateReferenceAsync(Define.Reference<int>("Other"), 1).ShouldFailAsync("unknown_reference_kind");
    }

    private async Task SweepAsync(AgentRuntime runtime, ReferenceHandle gone)
    {
        _time.Advance(TimeSpan.FromHours(26));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await _storage.References.GetAsync(runtime.Spec.Tenant, gone, default) is not null)
        {
            _time.Advance(TimeSpan.FromMinutes(2));
            await Task.Delay(1, patience.Token);
        }
    }

    private SluiceRuntime Open(string tenant = "acme") => SluiceRuntime.Create(
        Spec(tenant, RowSet, Anything), new() { Interpreter = Interpreter.Scripted, Storage = _storage, TimeProvider = _time });

    private static RuntimeSpec Spec(string tenant, params IReadOnlyList<ReferenceSpec> references) =>
        Define.Runtime(Define.Tenant(tenant, "v1"), [Define.Specialist("clerk", "m", "p", toolkits: ["references"])], references: references);
}
