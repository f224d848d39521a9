using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.Studio.Documents;
using Sluice.Studio.Errors;
using Sluice.Studio.Hosting;
using Sluice.Studio.Paging;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Evals;

/// <summary>The evals of a workspace. Each is a job of kind <c>eval</c> while it runs; its progress is the envelopes of an eval.</summary>
internal sealed class EvalEndpoints(WorkspaceTable workspaces, DocumentStore documents, EvalDesk evals, FileRoot files)
{
    public void Map(RouteGroupBuilder workspace)
    {
        workspace.MapGet("/evals", ListAsync).WithSummary("Evals, newest first");
        workspace.MapPost("/evals", StartAsync).WithSummary("Begins an eval");
        workspace.MapGet("/evals/compare", CompareAsync).WithSummary("How one eval differs from an earlier one");
        workspace.MapGet("/evals/{eval}", GetAsync).WithSummary("An eval");
        workspace.MapDelete("/evals/{eval}", DeleteAsync).WithSummary("Removes an eval that does not go on, with its files");
        workspace.MapPost("/evals/{eval}/resume", ResumeAsync).WithSummary("Goes on with an eval that did not end; samples that ended are not run again");
        workspace.MapGet("/evals/{eval}/dataset", DatasetAsync).WithSummary("The cases of an eval and how they are run, also while it goes on");
        workspace.MapGet("/evals/{eval}/artifact", ArtifactAsync).WithSummary("The record of an eval: all cases and samples with their scores");
        workspace.MapGet("/evals/{eval}/samples", SamplesAsync).WithSummary("The samples that ended, of an eval that does not go on, whether or not it was completed");
        workspace.MapGet("/evals/{eval}/cases/{case}/samples/{sample:int}", SampleAsync).WithSummary("A sample with its scores");
        workspace.MapGet("/evals/{eval}/report", ReportAsync).WithSummary("A report to be kept: html, junit or markdown")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
    }

    private async Task<Answer<Page<EvalInfo>>> ListAsync(string workspace, [AsParameters] PageRequest page, CancellationToken cancellationToken)
    {
        var after = page.Read(1) is [var id] ? id : null;
        var open = await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false);
        var rows = (await evals.ListAsync(open, cancellationToken).ConfigureAwait(false)).Where(eval => after is null || string.CompareOrdinal(eval.Id, after) < 0);
        return new(page.Take([.. rows.Take(page.Size + 1)], last => PageRequest.Write(last.Id)));
    }

    private async Task<Accepted<EvalInfo>> StartAsync(string workspace, Body<StartEval> body, CancellationToken cancellationToken)
    {
        var open = await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false);
        var dataset = await ChooseAsync(open, body.Value, cancellationToken).ConfigureAwait(false);
        if (body.Value.Config is { } config) dataset = dataset with { Config = config };
        return new(await evals.StartAsync(open, body.Value.Name, dataset, body.Value.UseScripts, cancellationToken).ConfigureAwait(false));
    }

    private async Task<Answer<EvalInfo>> GetAsync(string workspace, string eval, CancellationToken cancellationToken) =>
        new(await evals.GetAsync(await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false), eval, cancellationToken).ConfigureAwait(false));

    private async Task<Answer<EvalInfo>> DeleteAsync(string workspace, string eval, CancellationToken cancellationToken) =>
        new(await evals.RemoveAsync(await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false), eval, cancellationToken).ConfigureAwait(false));

    private async Task<Accepted<EvalInfo>> ResumeAsync(string workspace, string eval, CancellationToken cancellationToken) =>
        new(await evals.ResumeAsync(await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false), eval, cancellationToken).ConfigureAwait(false));

    private async Task<Answer<EvalDataset>> DatasetAsync(string workspace, string eval, CancellationToken cancellationToken) =>
        new(await evals.ReadDatasetAsync(await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false), eval, cancellationToken).ConfigureAwait(false));

    private async Task<Answer<EvalArtifact>> ArtifactAsync(string workspace, string eval, CancellationToken cancellationToken) =>
        new(await ReadAsync(workspace, eval, cancellationToken).ConfigureAwait(false));

    private async Task<Answer<IReadOnlyList<SampleResult>>> SamplesAsync(string workspace, string eval, CancellationToken cancellationToken) =>
        new(await evals.ReadSamplesAsync(await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false), eval, cancellationToken).ConfigureAwait(false));

    private async Task<Answer<SampleResult>> SampleAsync(string workspace, string eval, string @case, int sample, CancellationToken cancellationToken)
    {
        var artifact = await ReadAsync(workspace, eval, cancellationToken).ConfigureAwait(false);
        return new(artifact.Cases.FirstOrDefault(result => result.Case.Id == @case)?.Samples.FirstOrDefault(result => result.Sample == sample)
            ?? throw new SluiceException(StudioErrorCodes.NotFound, $"Eval '{eval}' has no sample {sample} of case '{@case}'."));
    }

    private async Task<Answer<EvalComparison>> CompareAsync(string workspace, string baseline, string candidate, CancellationToken cancellationToken) => new(EvalComparer.Compare(
        await ReadAsync(workspace, baseline, cancellationToken).ConfigureAwait(false), await ReadAsync(workspace, candidate, cancellationToken).ConfigureAwait(false)));

    /// <summary>A file to be saved: its page brings scripts of its own, which nothing of Studio's may run.</summary>
    private async Task ReportAsync(HttpContext http, string workspace, string eval, string? format)
    {
        var (mediaType, ending, write) = format switch
        {
            null or "html" => ("text/html; charset=utf-8", "html", (Func<EvalArtifact, Stream, CancellationToken, Task>)EvalReport.WriteHtmlAsync),
            "junit" => ("application/xml; charset=utf-8", "xml", EvalReport.WriteJUnitAsync),
            "markdown" => ("text/markdown; charset=utf-8", "md", EvalReport.WriteMarkdownAsync),
            _ => throw new BadHttpRequestException($"'format' is '{format}': html, junit or markdown."),
        };
        var artifact = await ReadAsync(workspace, eval, http.RequestAborted).ConfigureAwait(false);
        using var report = new MemoryStream();
        await write(artifact, report, http.RequestAborted).ConfigureAwait(false);
        http.Response.ContentType = mediaType;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{artifact.EvalRunId}.{ending}\"";
        report.Position = 0;
        await report.CopyToAsync(http.Response.Body, http.RequestAborted).ConfigureAwait(false);
    }

    private async Task<EvalArtifact> ReadAsync(string workspace, string eval, CancellationToken cancellationToken) =>
        await evals.ReadArtifactAsync(await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false), eval, cancellationToken).ConfigureAwait(false);

    private async Task<EvalDataset> ChooseAsync(OpenWorkspace open, StartEval start, CancellationToken cancellationToken)
    {
        if (new[] { start.Tests is not null, start.Tag is not null, start.DatasetPath is not null }.Count(given => given) > 1)
            throw new BadHttpRequestException("Give one of 'tests', 'tag' and 'datasetPath'.");
        if (start.DatasetPath is { } path) return await EvalDataset.ReadAsync(files.Resolve(path, "datasetPath"), cancellationToken).ConfigureAwait(false);
        var cases = new List<TestCase>();
        await foreach (var document in documents.ListAsync<TestCase>(open.Runtime.Spec.Tenant, DocumentKinds.Tests, cancellationToken).ConfigureAwait(false))
        {
            if (start.Tests is null || start.Tests.Contains(document.Id, StringComparer.Ordinal))
            {
                if (start.Tag is null || document.Value.Tags.Contains(start.Tag, StringComparer.Ordinal)) cases.Add(document.Value);
            }
        }

        var missing = (start.Tests ?? []).Except(cases.Select(testCase => testCase.Id), StringComparer.Ordinal).ToList();
        if (missing.Count > 0) throw new SluiceException(StudioErrorCodes.NotFound, $"There are no tests {string.Join(", ", missing.Select(id => $"'{id}'"))}.");
        return new() { Name = start.Tag ?? "tests", Cases = cases };
    }
}
