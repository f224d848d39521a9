using Microsoft.AspNetCore.Builder;

namespace Sluice.Tests.Snippets;

/// <summary>The code of docs/guides/mcp.md.</summary>
internal static class McpGuide
{
    public static async Task ServeStdioAsync(RuntimeSpec spec)
    {
        // snippet: mcp-stdio
        await using var runtime = SluiceRuntime.Create(spec);
        await runtime.ServeMcpStdioAsync(agent: "analyst");
        // end
    }

    public static async Task ServeToolsAsync(ToolSpec search)
    {
        // snippet: mcp-tools
        await using var runtime = McpServing.CreateRuntime(tools: [search], toolkits: [BuiltInTools.ReferencesToolkit]);
        await runtime.ServeMcpStdioAsync();
        // end
    }

    public static async Task ServeHttpAsync(string[] args, RuntimeSpec spec)
    {
        // snippet: mcp-http
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSluice(spec);
        var app = builder.Build();
        app.MapSluiceMcp("/mcp", agent: "analyst");
        await app.RunAsync("http://127.0.0.1:8080");
        // end
    }

    public static void ServeColleagues(WebApplication app)
    {
        // snippet: mcp-http-options
        app.MapSluiceMcp("/mcp", agent: "analyst", options: new()
        {
            AllowedHosts = ["tools.acme.example"],
            BearerToken = Environment.GetEnvironmentVariable("MCP_TOKEN"),
            Serving = new() { Approvals = McpApprovals.Refuse },
        });
        // end
    }

    public static async Task CallAsync(AgentRuntime runtime)
    {
        // snippet: call-tool
        var request = new ToolCallRequest { Agent = "analyst", Tool = "search_products", Arguments = System.Text.Json.JsonElement.Parse("""{"query": "boots"}""") };
        await foreach (var e in runtime.CallToolAsync(request))
            if (e is ToolInvocationEvent { State: InvocationState.Result } done)
                Console.WriteLine(done.Error?.Message ?? done.Result.ToString());
        // end
    }

    public static async Task UseServersAsync()
    {
        // snippet: mcp-server
        var files = Define.McpServer(
            "files", command: "npx", arguments: ["-y", "@modelcontextprotocol/server-filesystem", "/srv/reports"], approval: Approval.Always);
        var tickets = Define.McpServer("tickets", url: "https://tickets.acme.example/mcp", bearerTokenEnv: "TICKETS_TOKEN", tools: ["search", "comment"]);
        var spec = Define.Runtime(
            Define.Tenant("acme", "v1"),
            [
                Define.Specialist(
                    "clerk", "claude-sonnet-4-6", "You keep reports in order.", mcpServers: ["files", "tickets"],
                    toolApprovals: new() { ["tickets_comment"] = Approval.Always }),
            ],
            mcpServers: [files, tickets]);

        await using var servers = await McpServers.ConnectAsync(spec);
        foreach (var problem in servers.Problems) Console.Error.WriteLine(problem);
        await using var runtime = SluiceRuntime.Create(spec, new() { McpServers = servers });
        // end
    }
}
