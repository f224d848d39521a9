using Microsoft.Extensions.AI;
using Sluice.Runtime.Tests.Jobs;
using Sluice.Testing;

namespace Sluice.Runtime.Tests.History;

public sealed record ReadArguments(int Number, int Size);

public sealed record FindArguments(int Number);

/// <summary>A planner that reads, finds and plans for as many turns as a test wants, and runtimes in which its window is small.</summary>
internal static class LongWork
{
    public const string Prompt = "Sort out the stock of warehouse 7.";

    private static readonly ToolSpec Read = Define.Tool<ReadArguments, object>(
        "read", "Reads.", (args, _) => Task.FromResult<object>(new { args.Number, text = new string((char)('a' + (args.Number % 26)), args.Size) }),
        effect: ToolEffect.ReadOnly);

    private static readonly ToolSpec Find = Define.Tool<FindArguments>(
        "find", "Finds products.",
        async (args, ctx) => await StoreAsync(args.Number, ctx),
        effect: ToolEffect.ReadOnly);

    /// <summary>A long report that has a handle in it, and another handle and a plan in its text.</summary>
    private static readonly ToolSpec Survey = Define.Tool<ReadArguments>(
        "survey", "Surveys.",
        async (args, ctx) =>
        {
            var (one, other) = (await StoreAsync(args.Number + 5000, ctx), await StoreAsync(args.Number + 6000, ctx));
            return new { text = $"Of plan-{args.Number % 10} and {other.Id}. {new string('s', args.Size)}", deep = new { found = one.ToHandle() } };
        },
        effect: ToolEffect.ReadOnly);

    public static RuntimeSpec Spec(bool stateful = false) => Define.Runtime(
        Sample.Tenant,
        [Define.Planner("solo", "model-w", "You work in a warehouse.", Shop.Plan, tools: [Read, Find, Survey], stateful: stateful, maxTurns: 1000)],
        references: [Shop.Products]);

    public static RuntimeOptions Options(WindowedModel model, CompactionOptions? compaction = null, Action<RuntimeOptions>? configure = null)
    {
        var options = new RuntimeOptions
        {
            Interpreter = Interpreter.FromClient(model.Client),
            // The clock stands still, so that equal runs are equal to the last digit.
            TimeProvider = new ManualTimeProvider(),
            Limits = new() { MaxParallelToolCalls = 1 },
            Compaction = compaction ?? new() { ContextTokens = 4000, TurnsKept = 2 },
        };
        configure?.Invoke(options);
        return options;
    }

    public static ChatMessage Reads(int turn, int size) => FunctionChatClient.Calls(ReadCall($"c{turn}", turn, size));

    public static FunctionCallContent ReadCall(string id, int number, int size) => FunctionChatClient.Call(id, "read", new { number, size });

    public static ChatMessage Finds(int turn) => FunctionChatClient.Calls(FunctionChatClient.Call($"c{turn}", "find", new { number = turn }));

    public static ChatMessage Plans(int turn) => FunctionChatClient.Calls(FunctionChatClient.Call($"c{turn}", "store_plan", new
    {
        specName = Shop.Plan.Name,
        planId = $"plan-{turn}",
        body = new { rationale = "slow movers", actions = new object[] { new { kind = "price_change", productId = $"p-{turn}", newPrice = 1 + turn } } },
    }));

    /// <summary>A model that reads so much each turn, and ends after so many.</summary>
    public static Func<string, int, ChatMessage> Reading(int turns, int size) =>
        (_, turn) => turn > turns ? FunctionChatClient.Text("done") : Reads(turn, size);

    /// <summary>What a random worker does, a function of the seed and the turn.</summary>
    public static Func<string, int, ChatMessage> Random(int seed, int turns) => (_, turn) =>
    {
        if (turn > turns) return FunctionChatClient.Text("done");
        var random = new Random((seed * 1000) + turn);
        return random.Next(7) switch
        {
            6 => FunctionChatClient.Calls(FunctionChatClient.Call($"c{turn}", "survey", new { number = turn, size = 500 + random.Next(3000) })),
            0 => Finds(turn),
            1 => Plans(turn),
            2 => FunctionChatClient.Calls(
                ReadCall($"c{turn}", turn, random.Next(3000)), FunctionChatClient.Call($"c{turn}-2", "find", new { number = 1000 + turn }), ReadCall($"c{turn}-3", turn + 1, random.Next(3000))),
            _ => Reads(turn, random.Next(6000)),
        };
    };

    private static ValueTask<ReferenceEnvelope> StoreAsync(int number, ToolContext ctx) =>
        ctx.References.CreateAsync(Shop.Products, new ProductSet([$"p-{number}"]), cancellationToken: ctx.CancellationToken);
}
