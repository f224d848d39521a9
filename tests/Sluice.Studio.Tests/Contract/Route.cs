using System.Net;

namespace Sluice.Studio.Tests.Contract;

/// <summary>An operation of the API, and how it answers. What is in braces in path, query and body is the id of something of the seeded workspace.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path below <c>/api</c>.</param>
internal sealed record Route(string Method, string Path)
{
    private const string Workspace = "/workspaces/{workspace}";

    /// <summary>What has to be in the query.</summary>
    public string Query { get; init; } = "";

    /// <summary>A body that fits; null: it takes none.</summary>
    public string? Body { get; init; }

    /// <summary>A body of the right form that asks for something impossible; null: there is none.</summary>
    public string? BadBody { get; init; }

    /// <summary>A query that asks for something impossible; null: there is none.</summary>
    public string? BadQuery { get; init; }

    public bool IsPaged { get; init; }

    /// <summary>What is asked of it in the good case, by the name in braces, where that is not what others use too.</summary>
    public (string Name, string Seed)? Own { get; init; }

    public HttpStatusCode Good { get; init; } = HttpStatusCode.OK;

    /// <summary>How it answers when it is asked about something that is not there; null: it names nothing, or makes what is not there.</summary>
    public HttpStatusCode? Unknown { get; init; }

    /// <summary>How it answers when it is asked, in another tenant's workspace, about something of this one.</summary>
    public HttpStatusCode Foreign { get; init; } = HttpStatusCode.OK;

    public bool HasWorkspace => Path.StartsWith(Workspace, StringComparison.Ordinal);

    public bool IsWrite => Method is not "GET";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Route> All { get; } =
    [
        new("GET", "/status"),
        new("GET", "/workspaces"),
        new("GET", "/openapi.json"),
        new("GET", "/docs"),
        Get("/runtime"),
        Get("/agents"),
        // Both workspaces have the same agents.
        Get("/agents/{name}") with { Unknown = HttpStatusCode.NotFound },
        List("/threads"),
        Write("POST", "/threads", """{"title":"Boots"}""") with { BadBody = """{"title":7}""" },
        Known("GET", "/threads/{thread}"),
        Known("PATCH", "/threads/{thread}", """{"title":"Boots"}""") with { BadBody = $$"""{"title":"{{new string('x', 201)}}"}""" },
        Known("DELETE", "/threads/{thread}") with { Own = ("thread", "doomedThread") },
        Known("GET", "/threads/{thread}/messages") with { IsPaged = true },
        Write("POST", "/threads/{thread}/runs", """{"prompt":"{}","agent":"clerk"}""", HttpStatusCode.Accepted)
            with { Own = ("thread", "newThread"), BadBody = """{"prompt":" "}""" },
        List("/runs") with { BadQuery = "state=sleeping" },
        Known("GET", "/runs/{run}"),
        Known("GET", "/runs/{run}/events") with { BadQuery = "after=-1" },
        Known("GET", "/runs/{run}/trace") with { BadQuery = "content=maybe" },
        Known("GET", "/runs/{run}/audit"),
        Known("GET", "/runs/{run}/verification"),
        Known("GET", "/runs/{run}/journal") with { IsPaged = true },
        Known("POST", "/runs/{run}/cancel"),
        Known("POST", "/runs/{run}/resume", good: HttpStatusCode.Conflict),
        Known("POST", "/runs/{run}/fork", """{"atEntry":1}""", HttpStatusCode.Accepted) with { BadBody = """{"atEntry":1,"effects":"again"}""" },
        List("/approvals") with { BadQuery = "status=lost" },
        Known("GET", "/approvals/{id}") with { Own = ("id", "request") },
        Known("POST", "/approvals/{id}", """{"outcome":"approve"}""") with { Own = ("id", "request"), BadBody = """{"outcome":"perhaps"}""" },
        List("/plans") with { BadQuery = "status=lost" },
        Known("GET", "/plans/{plan}"),
        Known("GET", "/plans/{plan}/versions"),
        Known("GET", "/references/{kind}/{id}") with { Own = ("id", "reference") },
        Known("GET", "/references/{kind}/{id}/value") with { Own = ("id", "reference") },
        Get("/data/sources"),
        List("/data/schema"),
        // Both workspaces have the same database.
        Get("/data/schema/{table}") with { Unknown = HttpStatusCode.NotFound },
        Get("/data/search") with { Query = "text=customers", BadQuery = "text=%20" },
        Get("/data/entities") with { Query = "id=none", BadQuery = "" },
        Get("/data/relations"),
        Get("/data/sample") with { Query = "table={table}", BadQuery = "table={table}&limit=0", Unknown = HttpStatusCode.NotFound },
        Write("POST", "/data/query", """{"sql":"SELECT 1"}""") with { BadBody = """{"sql":"SELECT 1","maxRows":0}""" },
        Get("/data/catalog"),
        Write("POST", "/data/profile", "{}", HttpStatusCode.Accepted) with { BadBody = """{"sampleSize":"all"}""" },
        Write("POST", "/data/ingest", """{"directory":"{documents}"}""", HttpStatusCode.Accepted) with { BadBody = """{"directory":""}""" },
        List("/tests"),
        Known("GET", "/tests/{test}"),
        Known("GET", "/tests/{test}/versions"),
        Write("PUT", "/tests/{test}", """{"case":{"id":"{test}","input":"x","expectedTrajectory":[]}}""") with { Own = ("test", "newTest"), BadBody = """{"case":{"id":"other","input":"x","expectedTrajectory":[]}}""" },
        Known("DELETE", "/tests/{test}") with { Own = ("test", "doomedTest"), BadQuery = "version=first" },
        Known("POST", "/tests/from-run", """{"runId":"{run}","id":"t"}""") with { BadBody = """{"runId":" "}""" },
        Known("POST", "/tests/score", """{"runId":"{run}","case":{"id":"t","input":"x","expectedTrajectory":[]}}""") with { BadBody = """{"runId":"","case":{}}""" },
        Known("POST", "/tests/{test}/try", """{"config":{"mode":"specialist","targetAgentId":"clerk"}}""", HttpStatusCode.Accepted) with { BadBody = """{"config":{"mode":"somehow"}}""" },
        List("/evals"),
        Known("POST", "/evals", """{"tests":["{test}"],"config":{"mode":"specialist","targetAgentId":"clerk"}}""", HttpStatusCode.Accepted) with { BadBody = """{"tag":"a","datasetPath":"b"}""" },
        Known("GET", "/evals/compare") with { Query = "baseline={eval}&candidate={eval}", BadQuery = "" },
        Known("GET", "/evals/{eval}"),
        Known("DELETE", "/evals/{eval}") with { Own = ("eval", "doomedEval") },
        Known("POST", "/evals/{eval}/resume", good: HttpStatusCode.Conflict),
        Known("GET", "/evals/{eval}/dataset"),
        Known("GET", "/evals/{eval}/artifact"),
        Known("GET", "/evals/{eval}/samples"),
        Known("GET", "/evals/{eval}/cases/{case}/samples/{sample:int}"),
        Known("GET", "/evals/{eval}/report") with { BadQuery = "format=pdf" },
        Get("/jobs"),
        Known("GET", "/jobs/{job}"),
        Known("GET", "/jobs/{job}/progress"),
        Known("POST", "/jobs/{job}/cancel"),
        Get("/changes"),
        Get("/usage") with { BadQuery = "days=0" },
    ];

    public static Route Of(string method, string path) => All.Single(route => route.Method == method && route.Path == path);

    public override string ToString() => $"{Method} {Path}";

    private static Route Get(string path) => new("GET", Workspace + path);

    private static Route List(string path) => Get(path) with { IsPaged = true };

    private static Route Write(string method, string path, string body, HttpStatusCode good = HttpStatusCode.OK) =>
        new(method, Workspace + path) { Body = body, Good = good };

    /// <summary>One that names something that only one tenant has.</summary>
    private static Route Known(string method, string path, string? body = null, HttpStatusCode good = HttpStatusCode.OK) =>
        new(method, Workspace + path) { Body = body, Good = good, Unknown = HttpStatusCode.NotFound, Foreign = HttpStatusCode.NotFound };
}
