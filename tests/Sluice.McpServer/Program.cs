using Sluice;
using Sluice.McpServer;

// The first argument: "raw" and what a badly behaved server does, "stdio", or the port of 127.0.0.1 to listen on, 0 for any.
if (args is ["raw", var behaviour, .. var rest])
{
    new RawServer(behaviour, rest.FirstOrDefault()).Run();
    return;
}

await using var runtime = SluiceRuntime.Create(Tools.Spec);
if (args is ["stdio"])
{
    await runtime.ServeMcpStdioAsync(Tools.Agent);
}
else
{
    var builder = WebApplication.CreateSlimBuilder();
    builder.WebHost.UseUrls($"http://127.0.0.1:{args[0]}");
    var host = builder.Build();
    host.MapSluiceMcp("/mcp", runtime, Tools.Agent);
    await host.RunAsync();
}
