using System.Net;
using System.Text;
using ModelContextProtocol.Client;
using Sluice.TestServers;

namespace Sluice.Cli.Tests.Mcp;

/// <summary>The program as a server under an address.</summary>
public sealed class McpHttpTests : IDisposable
{
    private const string Secret = "a-long-random-text";

    private readonly CommandDesk _desk = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Serve_OverHttp_AnswersClientsThatBearTheTokenUntilItIsInterrupted()
    {
        if (InterruptSignal.MissingReason is { } reason) Assert.Skip(reason);
        // Neither may have a say in where a server listens.
        _desk.Write("appsettings.json", """{"urls":"http://127.0.0.1:1","Kestrel":{"Endpoints":{"Other":{"Url":"http://127.0.0.1:2"}}}}""");
        var variables = new Dictionary<string, string?> { ["MCP_TOKEN"] = Secret, ["ASPNETCORE_URLS"] = "http://127.0.0.1:3" };
        await using var server = McpProcess.Start(
            _desk.Folder, variables, "--toolkit", "catalog", "--database", "shop.db", "--transport", "http", "--port", "0", "--path", "/tools", "--token-env", "MCP_TOKEN");
        var address = new Uri(await server.AddressAsync());
        address.AbsolutePath.ShouldBe("/tools");
        using var http = new HttpClient();

        (await PostAsync(http, address, token: null, host: null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(http, address, Secret, host: "elsewhere.example")).ShouldBe(HttpStatusCode.Forbidden);
        await using (var transport = new HttpClientTransport(new() { Endpoint = address, AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {Secret}" } }))
        {
            await using var client = await McpClient.CreateAsync(transport, cancellationToken: Token).WaitAsync(McpProcess.Patience, Token);
            var result = await client.CallToolAsync("execute_query", new Dictionary<string, object?> { ["sql"] = "SELECT count(*) FROM orders" }, cancellationToken: Token);
            result.StructuredContent!.Value.GetRawText().ShouldContain("[[3]]");
            // A client that listens does not keep the server.
            server.Interrupt();
            (await server.ExitCodeAsync()).ShouldBe(0, server.Told);
        }

        server.Told.ShouldNotContain(Secret);
        server.Told.ShouldStartWith($"Serving the tools of 'mcp' at {address}. Ctrl+C stops it.");
    }

    [Fact]
    public async Task Serve_OnAPortThatIsTaken_SaysSo()
    {
        var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        try
        {
            var port = ((IPEndPoint)taken.LocalEndpoint).Port;

            var result = await _desk.RunAsync("mcp", "serve", "--toolkit", "references", "--transport", "http", "--port", $"{port}");

            result.ExitCode.ShouldBe(1);
            result.Error.ShouldStartWith("sluice: ");
            result.Error.ShouldContain("address already in use");
        }
        finally
        {
            taken.Stop();
        }
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient http, Uri address, string? token, string? host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.Host = host;
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        using var response = await http.SendAsync(request, Token).WaitAsync(McpProcess.Patience, Token);
        return response.StatusCode;
    }
}
