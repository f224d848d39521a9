using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Sluice.Studio.Tests.Data;

namespace Sluice.Studio.Tests.Contract;

/// <summary>A Studio in one of whose workspaces there is one of everything.</summary>
public sealed partial class SeededStudio : IAsyncLifetime
{
    private const string North = "/api/workspaces/north";

    private readonly Dictionary<string, string> _seeds = new(StringComparer.Ordinal)
    {
        ["name"] = Shop.Clerk,
        ["thread"] = "t-1",
        ["doomedThread"] = "t-doomed",
        ["newThread"] = "t-new",
        ["plan"] = "plan-1",
        ["kind"] = "Basket",
        ["table"] = "customers",
        ["test"] = "kept",
        ["doomedTest"] = "doomed",
        ["newTest"] = "new",
        ["case"] = "kept",
        ["sample"] = "1",
    };

    private ShopData? _data;
    private StudioHost? _studio;
    private string _pageToken = "";

    /// <summary>What only the seeded workspace has: no answer of another one may hold any of it.</summary>
    public IEnumerable<string> Private => _seeds.Where(seed => seed.Key is "run" or "request" or "reference" or "eval" or "job" or "thread" or "plan").Select(seed => seed.Value);

    public async ValueTask InitializeAsync()
    {
        _data = await ShopData.OpenAsync();
        var documents = Directory.CreateDirectory(Path.Combine(_data.Folder, "documents")).FullName;
        await File.WriteAllTextAsync(Path.Combine(documents, "returns.md"), "# Returns\n\nFor 30 days.\n", StudioHost.Token);
        _studio = await StudioHost.StartAsync(_data.App);
        _pageToken = (await _studio.GetAsync("/api/status")).GetProperty("pageToken").GetString()!;
        var run = await _studio.RunAsync(Shop.Looking("basket"));
        await _studio.RunAsync(Shop.Looking("a"), "t-doomed");
        // Callers name their threads as they like.
        await _studio.RunAsync(Shop.Looking("a"), "t%0A%22broken");
        var events = await _studio.GetAsync($"{North}/runs/{run}/events");
        await _studio.AskedAsync(await _studio.StartRunAsync(Shop.Restocking("plan-1"), "t-plan", "desk"));
        (_seeds["documents"], _seeds["run"]) = (documents, run);
        _seeds["reference"] = events.GetProperty("events").EnumerateArray().Single(e => e.GetProperty("type").GetString() == "reference_created").GetProperty("id").GetString()!;
        _seeds["request"] = await _studio.AskedAsync(await _studio.StartRunAsync(Shop.Posting("a"), "t-asked"));
        foreach (var test in (string[])["kept", "doomed"])
        {
            var draft = await _studio.PostAsync($"{North}/tests/from-run", new { runId = run, id = test });
            await _studio.SendAsync(HttpMethod.Put, $"{North}/tests/{test}", new { @case = draft });
        }

        (_seeds["eval"], _seeds["job"]) = await EvalAsync();
        (_seeds["doomedEval"], _) = await EvalAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_studio is not null) await _studio.DisposeAsync();
        if (_data is not null) await _data.DisposeAsync();
    }

    /// <summary>The address of a route, with ids of what there is.</summary>
    /// <param name="route">The route.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="id">What stands for every id; null: what there is.</param>
    internal string AddressOf(Route route, string workspace = "north", string? id = null)
    {
        var query = route.Query.Length > 0 ? $"?{route.Query}" : "";
        return $"/api{Fill(route, route.Path.Replace("{workspace}", workspace, StringComparison.Ordinal) + query, id)}";
    }

    internal string? BodyOf(Route route, string? id = null) => route.Body is { } body ? Fill(route, body, id) : null;

    /// <summary>Sends a request.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="address">Its address.</param>
    /// <param name="body">Its body; null: none.</param>
    /// <param name="headers">Its headers.</param>
    /// <param name="mediaType">What the body says it is.</param>
    internal async Task<(HttpStatusCode Status, string Text)> SendAsync(
        string method, string address, string? body, IEnumerable<(string Name, string Value)>? headers = null, string mediaType = "application/json")
    {
        using var client = _studio!.Client();
        using var request = new HttpRequestMessage(new(method), address) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, mediaType) };
        foreach (var (name, value) in headers ?? []) request.Headers.TryAddWithoutValidation(name, value.Replace("{own}", _studio.Address, StringComparison.Ordinal).Replace("{pageToken}", _pageToken, StringComparison.Ordinal));
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, StudioHost.Token);
        // A stream that goes on has no end to wait for.
        if (address.EndsWith("/changes", StringComparison.Ordinal) && response.IsSuccessStatusCode) return (response.StatusCode, "");
        return (response.StatusCode, await response.Content.ReadAsStringAsync(StudioHost.Token));
    }

    /// <summary>Waits until no job goes on.</summary>
    internal async Task SettleAsync()
    {
        foreach (var job in (await _studio!.GetAsync($"{North}/jobs")).EnumerateArray().Where(job => job.GetProperty("state").GetString() == "running"))
        {
            await using var events = await EventReader.OpenAsync(_studio, $"{North}/jobs/{job.GetProperty("id").GetString()}/progress");
            await events.ReadToEndAsync();
        }
    }

    private async Task<(string Eval, string Job)> EvalAsync()
    {
        var eval = await _studio!.PostAsync($"{North}/tests/kept/try", new { config = new { mode = "specialist", targetAgentId = Shop.Clerk } }, HttpStatusCode.Accepted);
        await SettleAsync();
        return (eval.GetProperty("id").GetString()!, eval.GetProperty("jobId").GetString()!);
    }

    private string Fill(Route route, string text, string? id) => Seed().Replace(text, match =>
    {
        var name = match.Groups["name"].Value;
        if (id is not null && name is not ("documents" or "kind" or "case" or "sample")) return id;
        return _seeds[route.Own is { } own && own.Name == name ? own.Seed : name];
    });

    [GeneratedRegex(@"\{(?<name>[a-zA-Z]+)(:int)?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Seed();
}
