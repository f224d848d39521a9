using System.ComponentModel;
using System.Text.Json;

namespace Sluice.McpServer;

/// <summary>A tool of every sort. Those whose names begin with <c>test_</c>, and the one with a schema, are those that the official conformance suite calls.</summary>
public static class Tools
{
    /// <summary>The agent that has them.</summary>
    public const string Agent = "clerk";

    private static readonly ReferenceSpec<Products> ProductSet = Define.Reference<Products>("ProductSet", glimpse: set => new { productCount = set.Ids.Count });

    /// <summary>A spec with the agent, and another one that it may call.</summary>
    public static RuntimeSpec Spec { get; } = Define.Runtime(
        Define.Tenant("mcp-tests", "v1"),
        [Define.Coordinator(Agent, "no-model", "You keep the books.", routes: ["helper"], tools: All()), Define.Specialist("helper", "no-model", "You help.")],
        references: [ProductSet]);

    private static IReadOnlyList<ToolSpec> All() =>
    [
        Define.Tool<Addends>("add", "Adds two numbers.", (args, _) => Task.FromResult<object?>(new { sum = args.A + args.B }), effect: ToolEffect.ReadOnly),
        Define.Tool<Posting>(
            "post_entry", "Posts an entry to the books.", (args, _) => Task.FromResult<object?>(new { posted = args.Amount }),
            effect: ToolEffect.Idempotent, approval: Approval.Always),
        Define.Tool<Nothing>("find_products", "Returns a handle of products.", async (_, ctx) => await ctx.References.CreateAsync(ProductSet, new Products(["a", "b"])), effect: ToolEffect.ReadOnly),
        Define.Tool<Nothing>("wait", "Waits until it is cancelled.", WaitAsync, effect: ToolEffect.ReadOnly),
        Define.Tool<Nothing>("test_simple_text", "Returns a text.", (_, _) => Task.FromResult<object?>("This is a simple text response for testing."), effect: ToolEffect.ReadOnly),
        Define.Tool<Nothing>("test_error_handling", "Fails.", (_, _) => throw new InvalidOperationException("This tool intentionally returns an error for testing"), effect: ToolEffect.ReadOnly),
        Define.Tool<Nothing>("test_tool_with_progress", "Reports progress.", ProgressAsync, effect: ToolEffect.ReadOnly),
        Define.Tool<Wish>("test_elicitation", "Asks its user.", (args, _) => Task.FromResult<object?>(args.Message), effect: ToolEffect.ReadOnly, approval: Approval.Always),
        WithSchema(),
    ];

    private static ToolSpec WithSchema() => Define.Tool<Nothing>("json_schema_2020_12_tool", "Tool with JSON Schema 2020-12 features", (_, _) => Task.FromResult<object?>("ok"), effect: ToolEffect.ReadOnly) with
    {
        InputSchema = JsonElement.Parse(
            """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "$defs": { "address": { "type": "object", "properties": { "street": { "type": "string" }, "city": { "type": "string" } } } },
              "properties": { "name": { "type": "string" }, "address": { "$ref": "#/$defs/address" } },
              "additionalProperties": false
            }
            """),
    };

    private static async Task<object?> WaitAsync(Nothing arguments, ToolContext context)
    {
        context.Progress.Report(new() { Label = "waiting" });
        try
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return null;
        }
        finally
        {
            await Console.Error.WriteLineAsync("wait was cancelled");
        }
    }

    /// <summary>With the pauses that the suite asks for: its client forgets steps that arrive together with the result.</summary>
    private static async Task<object?> ProgressAsync(Nothing arguments, ToolContext context)
    {
        for (var phase = 0; phase < 3; phase++)
        {
            context.Progress.Report(new() { Label = $"phase {phase}", PhaseIndex = phase, TotalPhases = 3 });
            await Task.Delay(TimeSpan.FromMilliseconds(50), context.CancellationToken);
        }

        return "done";
    }

    private sealed record Nothing;

    private sealed record Addends([property: Description("The first number.")] int A, [property: Description("The second number.")] int B);

    private sealed record Posting(decimal Amount);

    private sealed record Wish(string Message);

    private sealed record Products(IReadOnlyList<string> Ids);
}
