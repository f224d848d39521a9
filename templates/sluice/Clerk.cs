using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Sluice;

namespace Starter_App;

public sealed record ListStock([property: Description("Only articles below their minimum")] bool OnlyLow = false);

public sealed record OrderUnits([property: Description("The article's name")] string Article, [property: Range(1, 1000)] int Units);

/// <summary>An agent that may look at everything, and orders nothing without a person's approval.</summary>
public static class Clerk
{
    private const string Prompt = """
        You look after the stock of a hardware shop. Look at the stock before you answer.
        Order what is below its minimum, as much as is missing, and say what was ordered. An order may be rejected: then say so, and do not try again.
        """;

    /// <summary>What "sluice run --app .", "sluice chat --app ." and "sluice eval run" open.</summary>
    [SluiceApp]
    public static App App => Define.App("clerk", Spec(new Stock()), (request, _) => Task.FromResult(Open(new Stock(), request)));

    /// <summary>Opens the agent on a stock.</summary>
    /// <param name="stock">What it works on.</param>
    /// <param name="request">What a tool that opens it wants otherwise, such as who answers.</param>
    public static OpenApp Open(Stock stock, AppRequest? request = null) => new(Create(stock, request))
    {
        // Each sample of an eval has a stock of its own, so that none sees what another has ordered.
        EvalSubjects = (_, _, _) =>
        {
            var runtime = Create(new Stock(), request);
            return Task.FromResult(new EvalSubject(runtime, runtime.DisposeAsync));
        },
    };

    private static SluiceRuntime Create(Stock stock, AppRequest? request) => SluiceRuntime.Create(Spec(stock), (request ?? new()).Apply(new()
    {
        // With a key a model answers; without one, a few lines of code in its place. Everything else is the same.
        Interpreter = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("ANTHROPIC_API_KEY"))
            ? Interpreter.FromClient(new StandIn())
            : Interpreter.Live,
        Limits = new() { CostUsd = 1 },
    }));

    private static RuntimeSpec Spec(Stock stock) => Define.Runtime(
        Define.Tenant("hardware-shop", "v1"),
        [Define.Specialist("clerk", "claude-haiku-4-5", Prompt, tools: [ListStockTool(stock), OrderUnitsTool(stock)])],
        providers: Providers.Anthropic());

    private static ToolSpec ListStockTool(Stock stock) => Define.Tool<ListStock, IReadOnlyList<Article>>(
        "list_stock", "Lists articles with their units and the minimum that there should be.",
        (args, _) => Task.FromResult(stock.List(args.OnlyLow)),
        effect: ToolEffect.ReadOnly);

    private static ToolSpec OrderUnitsTool(Stock stock) => Define.Tool<OrderUnits, Article>(
        "order_units", "Orders units of an article.",
        (args, _) => Task.FromResult(stock.Order(args.Article, args.Units)),
        approval: Approval.Always);
}
