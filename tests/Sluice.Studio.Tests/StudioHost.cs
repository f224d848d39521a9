using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Studio.Hosting;

namespace Sluice.Studio.Tests;

/// <summary>Studio as it is served: Kestrel on a free port, SQLite in a folder of its own.</summary>
internal sealed class StudioHost : IAsyncDisposable
{
    private readonly DirectoryInfo? _folder;
    private readonly StudioServer _server;

    private StudioHost(StudioServer server, DirectoryInfo? folder) => (_server, _folder) = (server, folder);

    /// <summary>The longest that anything is waited for.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(1);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public string Address => _server.Address;

    /// <summary>Starts it.</summary>
    /// <param name="app">The app; null: the shop.</param>
    /// <param name="options">How; null: any free port.</param>
    /// <param name="time">The clock of Studio.</param>
    /// <param name="folder">Where the store is; null: a folder that is gone with the host.</param>
    public static async Task<StudioHost> StartAsync(App? app = null, StudioOptions? options = null, TimeProvider? time = null, string? folder = null)
    {
        var own = folder is null ? Directory.CreateTempSubdirectory("studio-") : null;
        var store = Path.Combine(folder ?? own!.FullName, "studio.db");
        var wanted = (options ?? new()) with { Port = 0, StorePath = store };
        return new(await StudioServer.StartAsync(app ?? Shop.App(), wanted, time ?? TimeProvider.System, Token), own);
    }

    /// <summary>A client as programs are: no origin, no page token.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new(Address), Timeout = Patience };

    public async Task<JsonElement> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var client = Client();
        return await ReadAsync(await client.GetAsync(path, Token), expected);
    }

    public async Task<JsonElement> PostAsync(string path, object? body, HttpStatusCode expected = HttpStatusCode.OK) =>
        await SendAsync(HttpMethod.Post, path, body, expected);

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var client = Client();
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: Json.SluiceJson.Options) };
        return await ReadAsync(await client.SendAsync(request, Token), expected);
    }

    /// <summary>A list, page by page to its end.</summary>
    /// <param name="path">The list, with a query.</param>
    public async Task<List<JsonElement>> ListAsync(string path)
    {
        var (items, cursor) = (new List<JsonElement>(), "");
        do
        {
            var page = await GetAsync(path + cursor);
            items.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? $"&cursor={next}" : null;
        }
        while (cursor is not null);
        return items;
    }

    /// <summary>Begins a run of the clerk.</summary>
    public async Task<string> StartRunAsync(Script prompt, string thread = "t-1", string agent = Shop.Clerk, string workspace = "north")
    {
        var started = await PostAsync($"/api/workspaces/{workspace}/threads/{thread}/runs", new { prompt = prompt.ToString(), agent }, HttpStatusCode.Accepted);
        return started.GetProperty("runId").GetString()!;
    }

    /// <summary>Begins a run of the clerk and waits for its end.</summary>
    public async Task<string> RunAsync(Script prompt, string thread = "t-1", string agent = Shop.Clerk, string workspace = "north")
    {
        var run = await StartRunAsync(prompt, thread, agent, workspace);
        await using var events = await EventReader.OpenAsync(this, $"/api/workspaces/{workspace}/runs/{run}/events");
        await events.ReadToEndAsync();
        return run;
    }

    /// <summary>The request of a run, once it waits for somebody.</summary>
    public async Task<string> AskedAsync(string run, string workspace = "north")
    {
        await using var events = await EventReader.OpenAsync(this, $"/api/workspaces/{workspace}/runs/{run}/events");
        var asked = await events.UntilAsync(frame => frame.Type == "approval_required");
        return asked.Json!["id"]!.GetValue<string>();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder?.Delete(recursive: true);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(Token);
            response.StatusCode.ShouldBe(expected, text);
            if ((int)expected < 400) return text.Length == 0 ? default : JsonElement.Parse(text);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            var problem = JsonElement.Parse(text);
            problem.GetProperty("status").GetInt32().ShouldBe((int)expected);
            return problem;
        }
    }
}
