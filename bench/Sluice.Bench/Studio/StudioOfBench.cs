using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.Bench.Stores;
using Sluice.Data;

namespace Sluice.Bench.Studio;

/// <summary>Studio over a runtime on SQLite, whose log is not flushed so that the disk does not count.</summary>
internal sealed class StudioOfBench : IAsyncDisposable
{
    private const string Workspace = "/api/workspaces/default";
    private const int FilledAtOnce = 32;

    private readonly WebApplication _host;
    private readonly SqliteStorage _storage;
    private readonly SluiceRuntime _runtime;
    private readonly OpenDataEnvironment? _data;
    private readonly HttpClient _client;

    private StudioOfBench(WebApplication host, SqliteStorage storage, SluiceRuntime runtime, OpenDataEnvironment? data) =>
        (_host, _storage, _runtime, _data, _client) = (host, storage, runtime, data, new() { BaseAddress = new(host.Urls.Single()), Timeout = TimeSpan.FromMinutes(5) });

    /// <summary>Starts it.</summary>
    /// <param name="folder">Where its files are.</param>
    /// <param name="name">How they begin.</param>
    /// <param name="tables">How many tables its catalog has; null: it has no data.</param>
    public static async Task<StudioOfBench> StartAsync(StoreFolder folder, string name, int? tables = null)
    {
        var storage = folder.Open($"{name}.db", new() { Synchronous = SqliteSynchronous.Normal });
        var look = Define.Tool<Nothing>("look", "Looks.", (_, _) => Task.FromResult<object?>(new { seen = true }), effect: ToolEffect.ReadOnly);
        var post = Define.Tool<Nothing>("post", "Posts.", (_, _) => Task.FromResult<object?>(new { posted = true }), Approval.Always);
        var spec = Define.Runtime(Define.Tenant("bench", "v1"), [Define.Specialist("clerk", "model", "You look.", tools: [look, post], maxTurns: 1_000)]);
        var data = tables is { } count ? await CatalogOfBench.OpenAsync(folder.PathOf($"{name}-catalog.db"), count) : null;
        var runtime = SluiceRuntime.Create(spec, new() { Interpreter = Interpreter.Scripted, Storage = storage, DataEnvironment = data });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(runtime);
        var host = builder.Build();
        host.MapSluiceStudio(options: new() { StorePath = folder.PathOf($"{name}-studio.db") });
        await host.StartAsync();
        return new(host, storage, runtime, data);
    }

    /// <summary>Begins a run that waits at its first call and makes so many afterwards.</summary>
    public async Task<(string Run, string Request)> BeginAsync(int calls)
    {
        var script = Script.Of([Script.Call("post"), .. Enumerable.Repeat(0, calls).Select(_ => Script.Call("look"))]);
        var run = await _runtime.StartAsync(new() { Prompt = script });
        await foreach (var happened in _runtime.EventsAsync(run.RunId))
            if (happened is ApprovalRequiredEvent asked) return (run.RunId, asked.Id);
        throw new InvalidOperationException("Nobody was asked.");
    }

    public Task ApproveAsync(string request) => _runtime.RespondToApprovalAsync(request, ApprovalOutcome.Approve);

    /// <summary>Counts a run's events to its end.</summary>
    /// <param name="run">The run.</param>
    /// <param name="attached">Told at the first event.</param>
    public async Task<long> ReadToEndAsync(string run, Action attached)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Workspace}/runs/{run}/events");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        var events = 0L;
        while (await lines.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("id: ", StringComparison.Ordinal)) continue;
            if (events++ == 0) attached();
        }

        return events;
    }

    /// <summary>Makes so many runs that have ended, and as many requests, every second of which waits.</summary>
    public Task FillAsync(int runs) => Parallel.ForEachAsync(
        Enumerable.Range(0, runs), new ParallelOptions { MaxDegreeOfParallelism = FilledAtOnce }, async (number, cancellationToken) =>
        {
            await _storage.Approvals.TryAddAsync(_runtime.Spec.Tenant, RequestOf(number), cancellationToken);
            await foreach (var _ in _runtime.QueryAsync("""{"text":"hi"}""", $"t-{number}", cancellationToken: cancellationToken))
            {
            }
        });

    /// <summary>A request for the page after so many.</summary>
    /// <param name="list">The list, with its query.</param>
    /// <param name="pagesBefore">How many.</param>
    public async Task<Func<Task>> PagesAsync(string list, int pagesBefore)
    {
        var path = $"{Workspace}/{list}";
        var cursor = "";
        for (var page = 0; page < pagesBefore; page++)
            cursor = $"&cursor={(await _client.GetFromJsonAsync<JsonElement>(path + cursor)).GetProperty("nextCursor").GetString()}";
        return async () => await _client.GetByteArrayAsync(new Uri(path + cursor, UriKind.Relative));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        await _runtime.DisposeAsync();
        await _storage.DisposeAsync();
        if (_data is not null) await _data.DisposeAsync();
    }

    private static ApprovalRequest RequestOf(int number) => new()
    {
        Id = $"request-{number}",
        Kind = ApprovalKind.Tool,
        Target = "post",
        Payload = JsonSerializer.SerializeToElement(new { account = $"account-{number}" }),
        Digest = "00",
        Policy = Approval.Always,
        Rule = "agents[clerk].toolApprovals[post]",
        RunId = $"asked-{number}",
        ThreadId = $"t-{number}",
        Agent = "clerk",
        StepKey = "1",
        CreatedAt = DateTimeOffset.UnixEpoch.AddSeconds(number),
        Status = number % 2 == 0 ? ApprovalStatus.Pending : ApprovalStatus.Cancelled,
        IsApplied = true,
    };

    private sealed record Nothing;
}
