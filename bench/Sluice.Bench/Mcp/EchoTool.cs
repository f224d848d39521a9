using System.ComponentModel;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Sluice.Bench.Mcp;

/// <summary>A tool that does next to nothing, on the SDK's server alone and as a tool of an agent.</summary>
internal static class EchoTool
{
    public const string Name = "echo";

    private static readonly ToolSpec Spec = Define.Tool<Wish>(Name, "Says it again.", (wish, _) => Task.FromResult<object?>(new Echo($"{wish.Text} {wish.Times}")), effect: ToolEffect.ReadOnly);

    public static IReadOnlyDictionary<string, object?> Arguments { get; } = new Dictionary<string, object?> { ["text"] = "boots", ["times"] = 3 };

    public static SluiceRuntime CreateRuntime() => McpServing.CreateRuntime([Spec]);

    /// <summary>The options of a server without Sluice: typed arguments, structured content and text, and nothing around the call.</summary>
    public static McpServerOptions CreateOptions()
    {
        var tool = new Tool { Name = Name, Description = Spec.Description, InputSchema = Spec.InputSchema };
        return new()
        {
            ServerInfo = new() { Name = "bare", Version = "1" },
            Capabilities = new() { Tools = new() },
            Handlers = new()
            {
                ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = [tool] }),
                CallToolHandler = (request, _) => ValueTask.FromResult(Call(request.Params!)),
            },
        };
    }

    /// <summary>Calls the tool without a server, so many times, some of them at once.</summary>
    public static Task RunAsync(SluiceRuntime runtime, int calls, int atOnce)
    {
        var request = new ToolCallRequest { Agent = McpServing.Agent, Tool = Name, Arguments = JsonSerializer.SerializeToElement(Arguments) };
        return Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            for (var call = 0; call < calls / atOnce; call++)
            {
                await foreach (var runtimeEvent in runtime.CallToolAsync(request))
                    if (runtimeEvent is ErrorEvent failed) throw new InvalidOperationException(failed.Error.Message);
            }
        })));
    }

    private static CallToolResult Call(CallToolRequestParams call)
    {
        var wish = JsonSerializer.SerializeToElement(call.Arguments).Deserialize<Wish>(JsonSerializerOptions.Web)!;
        var result = JsonSerializer.SerializeToElement(new Echo($"{wish.Text} {wish.Times}"), JsonSerializerOptions.Web);
        return new() { Content = [new TextContentBlock { Text = result.GetRawText() }], StructuredContent = result };
    }

    private sealed record Wish([property: Description("What to say.")] string Text, [property: Description("How often.")] int Times);

    private sealed record Echo(string Said);
}
