using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sluice.Testing;

namespace Sluice.Tests.Hosting;

public sealed class AddSluiceTests
{
    private static readonly TenantSpec Tenant = Define.Tenant("acme", "v1");

    [Fact]
    public async Task AddSluice_HostStarted_GivesOneRuntimeThatRuns()
    {
        await using var host = new ServiceCollection().AddSluice(Spec(), options => options.Interpreter = Interpreter.Canned("hi")).BuildServiceProvider();
        await StartAsync(host);
        var runtime = host.GetRequiredService<SluiceRuntime>();
        host.GetRequiredService<SluiceRuntime>().ShouldBeSameAs(runtime);
        var events = await runtime.QueryAsync("hello").ToListAsync();
        events[^1].ShouldBeOfType<FinishEvent>();
    }

    [Fact]
    public async Task AddSluice_Tool_GetsTheHostsServices()
    {
        var tool = Define.Tool("stock", "Counts.", (string sku, IServiceProvider services) => services.GetRequiredService<Warehouse>().Count(sku));
        await using var host = new ServiceCollection().AddSingleton<Warehouse>()
            .AddSluice(Spec(tool), options => options.Interpreter = Interpreter.Scripted).BuildServiceProvider();
        var events = await host.GetRequiredService<SluiceRuntime>()
            .QueryAsync(Script.Of(Script.Call("stock", new { sku = "boot" }))).ToListAsync();
        var result = events.OfType<ToolInvocationEvent>().Single(e => e.State == InvocationState.Result);
        result.Error.ShouldBeNull();
        result.Result!.Value.GetInt32().ShouldBe(4);
    }

    [Fact]
    public async Task AddSluice_ClockOfTheHost_IsUsed()
    {
        var time = new ManualTimeProvider(new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var host = new ServiceCollection().AddSingleton<TimeProvider>(time).AddSluice(Spec()).BuildServiceProvider();
        var events = await host.GetRequiredService<SluiceRuntime>().QueryAsync("hello").ToListAsync();
        events.ShouldAllBe(e => e.At.Year == 2030);
    }

    [Fact]
    public async Task AddSluice_OptionsThatDoNotFit_StopTheHostFromStarting()
    {
        var unbound = Define.Tool("later", "Has no code.", System.Text.Json.JsonElement.Parse("""{"type": "object"}"""));
        await using var host = new ServiceCollection().AddSluice(Spec(unbound)).BuildServiceProvider();
        var refusal = await Should.ThrowAsync<SpecValidationException>(() => StartAsync(host));
        refusal.Errors.ShouldHaveSingleItem().Code.ShouldBe("unbound_tool");
    }

    [Fact]
    public async Task AddSluice_HostDisposed_RuntimeStops()
    {
        var host = new ServiceCollection().AddSluice(Spec()).BuildServiceProvider();
        await StartAsync(host);
        var runtime = host.GetRequiredService<SluiceRuntime>();
        await host.DisposeAsync();
        (await Should.ThrowAsync<SluiceException>(async () => await runtime.QueryAsync("hi").ToListAsync())).Code.ShouldBe("shutting_down");
    }

    private static RuntimeSpec Spec(params IReadOnlyList<ToolSpec> tools) =>
        Define.Runtime(Tenant, [Define.Specialist("solo", "model", "You work.", tools: tools)]);

    private static async Task StartAsync(IServiceProvider host)
    {
        foreach (var service in host.GetServices<IHostedService>()) await service.StartAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Warehouse
    {
        public int Count(string sku) => sku.Length;
    }
}
