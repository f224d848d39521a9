using System.Text.Json.Nodes;
using Sluice.Testing;

namespace Sluice.Mcp.Tests.Serving;

public sealed class ServedReferenceTests
{
    private const int ResourceNotFound = -32002;

    private static readonly ReferenceSpec<Products> Set =
        Define.Reference<Products>("ProductSet", ttl: TimeSpan.FromHours(1), glimpse: set => new { productCount = set.Ids.Count });

    [Theory]
    [InlineData("")]
    [InlineData("file:///etc/passwd")]
    [InlineData("sluice://reference")]
    [InlineData("sluice://reference/")]
    [InlineData("sluice://reference/ProductSet")]
    [InlineData("sluice://reference/ProductSet/")]
    [InlineData("sluice://reference//ref-1")]
    [InlineData("sluice://reference/../../etc/passwd")]
    [InlineData("sluice://reference/../..")]
    [InlineData("sluice://reference/%2e%2e/%2e%2e%2f%2e%2e%2fetc%2fpasswd")]
    [InlineData("sluice://reference/ProductSet/..%2f..%2fsecrets")]
    [InlineData("sluice://reference/ProductSet/%00")]
    [InlineData("sluice://reference/ProductSet/%")]
    [InlineData("sluice://reference/Unknown/ref-1")]
    [InlineData("sluice://reference/productset/ref-1")]
    [InlineData("SLUICE://REFERENCE/ProductSet/ref-1")]
    [InlineData("sluice://evil@reference/ProductSet/ref-1")]
    public async Task Resource_ThatIsNoHandleOfTheTenant_IsNotFound(string uri)
    {
        await using var server = new InMemoryServer(new() { ReferenceValues = true }, Open("acme"));

        (await ReadAsync(server, uri))["error"]!["code"]!.GetValue<int>().ShouldBe(ResourceNotFound);
    }

    [Fact]
    public async Task Resource_OfAnotherTenantInTheSameStore_IsNotFound()
    {
        await using var storage = MemoryStorage.Create();
        await using var owner = Open("owner", storage);
        var handle = (await owner.CreateReferenceAsync(Set, new(["planted"]))).ToHandle();
        await using var server = new InMemoryServer(new() { ReferenceValues = true }, Open("acme", storage));

        var answer = await ReadAsync(server, $"sluice://reference/{handle.Kind}/{handle.Id}");

        answer["error"]!["code"]!.GetValue<int>().ShouldBe(ResourceNotFound);
        answer.ToJsonString().ShouldNotContain("planted");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Resource_ThatExpired_IsNotFound(bool values)
    {
        var time = new ManualTimeProvider();
        await using var server = new InMemoryServer(new() { ReferenceValues = values }, Open("acme", time: time));
        var handle = (await server.Runtime.CreateReferenceAsync(Set, new(["a"]))).ToHandle();
        time.Advance(TimeSpan.FromHours(2));

        var answer = await ReadAsync(server, $"sluice://reference/{handle.Kind}/{handle.Id}");

        answer["error"]!["code"]!.GetValue<int>().ShouldBe(ResourceNotFound);
    }

    [Theory]
    [InlineData(false, "productCount")]
    [InlineData(true, "only-in-the-value")]
    public async Task Resource_IsTheGlimpseOrTheValueAsTheHostSays(bool values, string content)
    {
        await using var server = new InMemoryServer(new() { ReferenceValues = values }, Open("acme"));
        var handle = (await server.Runtime.CreateReferenceAsync(Set, new(["only-in-the-value"]))).ToHandle();

        var answer = (await ReadAsync(server, $"sluice://reference/{handle.Kind}/{handle.Id}")).ToJsonString();

        answer.ShouldContain(content);
        answer.Contains("only-in-the-value", StringComparison.Ordinal).ShouldBe(values);
    }

    private static async Task<JsonObject> ReadAsync(InMemoryServer server, string uri)
    {
        var client = server.Connect();
        await client.InitializeAsync();
        await client.RequestAsync("resources/read", new() { ["uri"] = uri });
        return await client.ReadAsync();
    }

    private static SluiceRuntime Open(string tenant, MemoryStorage? storage = null, TimeProvider? time = null) => SluiceRuntime.Create(
        Define.Runtime(Define.Tenant(tenant, "v1"), [Define.Specialist("clerk", "no-model", "x")], references: [Set]),
        new() { Storage = storage, TimeProvider = time ?? TimeProvider.System });

    private sealed record Products(IReadOnlyList<string> Ids);
}
