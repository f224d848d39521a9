namespace Sluice.Cli.Tests.Eval;

/// <summary>The app that evals are run on here. The command line loads this assembly a second time, as it loads everybody's.</summary>
public static class ClerkApp
{
    /// <summary>While there is a file of this name in the current folder, a look at the stock never ends.</summary>
    public const string StuckFile = "stuck";

    private static readonly RuntimeSpec Spec = Define.Runtime(Define.Tenant("shop", "1"), [Define.Specialist(
        "clerk", "claude-haiku-4-5", "You look after the stock.",
        tools:
        [
            Define.Tool<Item, Stock>("look_up", "Tells how much of an article is left.", LookUpAsync, effect: ToolEffect.ReadOnly),
            Define.Tool<Order, Stock>("order", "Orders an article.", OrderAsync, approval: Approval.Always),
        ])]);

    public static App App { get; } = Define.App("clerk", Spec, request => SluiceRuntime.Create(Spec, request.Apply(new())));

    /// <summary>One that says the same to everything and does nothing.</summary>
    public static App Idle { get; } = Define.App(
        "idle", Spec, () => SluiceRuntime.Create(Spec, new() { Interpreter = Interpreter.Canned("3 packets and 6 tins are ordered.") }));

    /// <summary>One that keeps its runs in the current folder.</summary>
    public static App Kept { get; } = Define.App("kept", Spec, OpenKeptAsync);

    /// <summary>One that cannot be opened.</summary>
    public static App Shut { get; } = Define.App("shut", Spec, AgentRuntime (_) => throw new SluiceException(ErrorCodes.StoreUnavailable, "The shop is shut."));

    /// <summary>How <c>--app</c> names it.</summary>
    public static string PathOf(string member) => $"{typeof(ClerkApp).Assembly.Location}:ClerkApp.{member}";

    private static Task<OpenApp> OpenKeptAsync(AppRequest request, CancellationToken cancellationToken)
    {
        var storage = SqliteStorage.Open("runs.db");
        return Task.FromResult(new OpenApp(SluiceRuntime.Create(Spec, request.Apply(new() { Storage = storage })), storage.DisposeAsync));
    }

    private static async Task<Stock> LookUpAsync(Item item, ToolContext context)
    {
        if (item.Article == "caviar" && File.Exists(StuckFile)) await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
        return new(item.Article.Length);
    }

    private static Task<Stock> OrderAsync(Order order, ToolContext context) => Task.FromResult(new Stock(order.Units));

    public sealed record Item(string Article);

    public sealed record Order(string Article, int Units);

    public sealed record Stock(int Units);
}
