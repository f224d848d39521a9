using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sluice.Mcp.Tests.Http;

/// <summary>The server under test in this process, on a free port of 127.0.0.1, and a client that says just what it is told to.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    public const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";

    public const string Ping = """{"jsonrpc":"2.0","id":2,"method":"ping"}""";

    private readonly WebApplication _host;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(1) };

    private HttpServer(WebApplication host, SluiceRuntime runtime) => (_host, Runtime) = (host, runtime);

    public SluiceRuntime Runtime { get; }

    public Uri Address => new($"{_host.Urls.Single()}/mcp");

    public static async Task<HttpServer> StartAsync(
        McpHttpOptions? options = null, TimeProvider? time = null, RuntimeSpec? spec = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        if (time is not null) builder.Services.AddSingleton(time);
        var host = builder.Build();
        var runtime = SluiceRuntime.Create(spec ?? McpServer.Tools.Spec);
        host.MapSluiceMcp("/mcp", runtime, spec is null ? McpServer.Tools.Agent : null, options);
        await host.StartAsync();
        return new(host, runtime);
    }

    /// <summary>Begins a session, and returns its id.</summary>
    public async Task<string> BeginAsync()
    {
        using var answer = await PostAsync(Initialize);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await answer.Content.ReadAsStringAsync();
        return answer.Headers.GetValues("Mcp-Session-Id").Single();
    }

    /// <summary>Sends a message, and waits for the end of the answer, after which the server does no more with the request.</summary>
    public async Task<HttpStatusCode> StatusAsync(string body, string? session)
    {
        using var answer = await PostAsync(body, session);
        await answer.Content.ReadAsStringAsync();
        return answer.StatusCode;
    }

    public Task<HttpResponseMessage> PostAsync(string body, string? session = null, Action<HttpRequestMessage>? change = null) =>
        SendAsync(HttpMethod.Post, session, request =>
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            change?.Invoke(request);
        });

    /// <summary>Sends a request, and returns as soon as the answer begins.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string? session = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, Address);
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (session is not null) request.Headers.Add("Mcp-Session-Id", session);
        change?.Invoke(request);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
        await Runtime.DisposeAsync();
    }
}
