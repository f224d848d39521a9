using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.Studio.Documents;
using Sluice.Studio.Errors;
using Sluice.Studio.Evals;
using Sluice.Studio.Hosting;
using Sluice.Studio.Paging;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.TestCases;

/// <summary>The test cases of a workspace.</summary>
internal sealed class TestEndpoints(WorkspaceTable workspaces, DocumentStore documents, EvalDesk evals)
{
    public void Map(RouteGroupBuilder workspace)
    {
        workspace.MapGet("/tests", ListAsync).WithSummary("Test cases by id");
        workspace.MapGet("/tests/{test}", GetAsync).WithSummary("A test case");
        workspace.MapGet("/tests/{test}/versions", VersionsAsync).WithSummary("The versions of a test case, newest first: the last 100 and the one it has now");
        workspace.MapPut("/tests/{test}", SaveAsync).WithSummary("Keeps a test case, new or changed; 409 with what is there now when it has another version");
        workspace.MapDelete("/tests/{test}", DeleteAsync).WithSummary("Removes a test case");
        workspace.MapPost("/tests/from-run", FromRunAsync).WithSummary("Makes a case of a run that has ended, to be looked at; it is not kept yet");
        workspace.MapPost("/tests/score", ScoreAsync).WithSummary("Scores a run that has ended by a case that need not be kept; nothing is run, and no judge is asked");
        workspace.MapPost("/tests/{test}/try", TryAsync).WithSummary("Runs a case once, as an eval of its own");
    }

    private async Task<Answer<Page<TestDocument>>> ListAsync(string workspace, string? tag, [AsParameters] PageRequest page, CancellationToken cancellationToken)
    {
        var after = page.Read(1) is [var id] ? id : null;
        var tenant = await TenantAsync(workspace, cancellationToken).ConfigureAwait(false);
        var tests = new List<TestDocument>();
        await foreach (var document in documents.ListAsync<TestCase>(tenant, DocumentKinds.Tests, cancellationToken).ConfigureAwait(false))
        {
            if (after is not null && string.CompareOrdinal(document.Id, after) <= 0) continue;
            if (tag is null || document.Value.Tags.Contains(tag, StringComparer.Ordinal)) tests.Add(Show(document));
            if (tests.Count > page.Size) break;
        }

        return new(page.Take(tests, last => PageRequest.Write(last.Id)));
    }

    private async Task<Answer<TestDocument>> GetAsync(string workspace, string test, CancellationToken cancellationToken) =>
        new(Show(await FindAsync(await TenantAsync(workspace, cancellationToken).ConfigureAwait(false), test, cancellationToken).ConfigureAwait(false)));

    private async Task<Answer<IReadOnlyList<TestDocument>>> VersionsAsync(string workspace, string test, CancellationToken cancellationToken)
    {
        var tenant = await TenantAsync(workspace, cancellationToken).ConfigureAwait(false);
        var current = await FindAsync(tenant, test, cancellationToken).ConfigureAwait(false);
        var earlier = await documents.ListEarlierAsync(tenant, DocumentKinds.Tests, current, cancellationToken).ConfigureAwait(false);
        return new([Show(current), .. earlier.Select(Show)]);
    }

    private async Task<Answer<TestDocument>> SaveAsync(string workspace, string test, Body<SaveTest> body, CancellationToken cancellationToken)
    {
        var tenant = await TenantAsync(workspace, cancellationToken).ConfigureAwait(false);
        var testCase = Parse(body.Value.Case);
        if (testCase.Id != test) throw new BadHttpRequestException($"The case is called '{testCase.Id}' and the address says '{test}'.");
        return new(Show(await documents.SaveAsync(tenant, DocumentKinds.Tests, test, testCase, body.Value.Version, cancellationToken).ConfigureAwait(false)));
    }

    private async Task<Answer<TestDocument>> DeleteAsync(string workspace, string test, long? version, CancellationToken cancellationToken)
    {
        var tenant = await TenantAsync(workspace, cancellationToken).ConfigureAwait(false);
        var found = await FindAsync(tenant, test, cancellationToken).ConfigureAwait(false);
        await documents.RemoveAsync<TestCase>(tenant, DocumentKinds.Tests, test, version, cancellationToken).ConfigureAwait(false);
        return new(Show(found));
    }

    private async Task<Answer<TestCase>> FromRunAsync(string workspace, Body<TestFromRun> body, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(body.Value.RunId) || body.Value.Id is { } id && string.IsNullOrWhiteSpace(id))
            throw new BadHttpRequestException("'runId' or 'id' is empty.");
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        return new(await runtime.CreateTestCaseAsync(body.Value.RunId, body.Value.Id, cancellationToken).ConfigureAwait(false));
    }

    private async Task<Answer<ScoredRun>> ScoreAsync(string workspace, Body<ScoreTest> body, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(body.Value.RunId)) throw new BadHttpRequestException("'runId' is empty.");
        var (testCase, config) = (Parse(body.Value.Case), body.Value.Config ?? new());
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        var output = await runtime.ReadOutputAsync(body.Value.RunId, config.ScorerConfig.References, cancellationToken).ConfigureAwait(false);
        return new(new(Scorer.Score(testCase, output, config), output));
    }

    private async Task<Accepted<EvalInfo>> TryAsync(string workspace, string test, Body<TryTest> body, CancellationToken cancellationToken)
    {
        var open = await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false);
        var found = await FindAsync(open.Runtime.Spec.Tenant, test, cancellationToken).ConfigureAwait(false);
        var config = (body.Value.Config ?? new()) with { SamplesPerCase = 1 };
        return new(await evals.StartAsync(open, test, new() { Name = test, Cases = [found.Value], Config = config }, body.Value.UseScripts, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Reads a case by the rules of datasets.</summary>
    private static TestCase Parse(JsonElement written) => EvalDataset.Parse($$"""{"name":"tests","cases":[{{written.GetRawText()}}]}""").Cases[0];

    private async Task<TenantSpec> TenantAsync(string workspace, CancellationToken cancellationToken) =>
        (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime.Spec.Tenant;

    private async ValueTask<Document<TestCase>> FindAsync(TenantSpec tenant, string test, CancellationToken cancellationToken) =>
        await documents.FindAsync<TestCase>(tenant, DocumentKinds.Tests, test, cancellationToken).ConfigureAwait(false)
        ?? throw new SluiceException(StudioErrorCodes.NotFound, $"There is no test '{test}'.");

    private static TestDocument Show(Document<TestCase> document) => new(document.Id, document.Version, document.UpdatedAt, document.Value);
}
