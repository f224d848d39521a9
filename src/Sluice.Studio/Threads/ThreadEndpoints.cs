using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.Journal;
using Sluice.Studio.Documents;
using Sluice.Studio.Errors;
using Sluice.Studio.Hosting;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Threads;

/// <summary>The conversations of a workspace.</summary>
internal sealed class ThreadEndpoints(WorkspaceTable workspaces, DocumentStore documents)
{
    private const int MostCharacters = 200;

    public void Map(RouteGroupBuilder workspace)
    {
        workspace.MapGet("/threads", ListAsync).WithSummary("Conversations, last used first");
        workspace.MapGet("/threads/{thread}", GetAsync).WithSummary("A conversation: its runs in order");
        workspace.MapPatch("/threads/{thread}", RenameAsync).WithSummary("Names a conversation");
    }

    private async Task<Answer<IReadOnlyList<ThreadSummary>>> ListAsync(string workspace, int? limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > 200) throw new BadHttpRequestException($"'limit' is {limit}: from 1 to 200.");
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        var summaries = new List<ThreadSummary>();
        foreach (var thread in await runtime.ListThreadsAsync(limit ?? 50, cancellationToken).ConfigureAwait(false))
        {
            var runs = await runtime.ListRunsAsync(new() { ThreadId = thread.ThreadId, Limit = 1000 }, cancellationToken).ConfigureAwait(false);
            summaries.Add(new()
            {
                Thread = thread,
                Title = await TitleAsync(runtime, thread.ThreadId, cancellationToken).ConfigureAwait(false),
                FirstPrompt = runs is [.., var first] ? Shorten(await PromptAsync(runtime, first.RunId, cancellationToken).ConfigureAwait(false)) : null,
                LastRun = runs is [var last, ..] ? last : null,
            });
        }

        return new(summaries);
    }

    private async Task<Answer<ThreadDetails>> GetAsync(string workspace, string thread, CancellationToken cancellationToken)
    {
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        var record = await FindAsync(runtime, thread, cancellationToken).ConfigureAwait(false);
        var runs = new List<ThreadRun>();
        foreach (var run in (await runtime.ListRunsAsync(new() { ThreadId = thread, Limit = 1000 }, cancellationToken).ConfigureAwait(false)).Reverse())
            runs.Add(new(run, await PromptAsync(runtime, run.RunId, cancellationToken).ConfigureAwait(false)));
        return new(new() { Thread = record, Title = await TitleAsync(runtime, thread, cancellationToken).ConfigureAwait(false), Runs = runs });
    }

    private async Task<Answer<ThreadDetails>> RenameAsync(
        string workspace, string thread, Body<RenameThread> body, CancellationToken cancellationToken)
    {
        if (body.Value.Title.Length > MostCharacters) throw new BadHttpRequestException($"'title' is longer than {MostCharacters} characters.");
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        await FindAsync(runtime, thread, cancellationToken).ConfigureAwait(false);
        var title = body.Value.Title.Trim();
        if (title.Length == 0) await documents.RemoveAsync(runtime.Spec.Tenant, DocumentKinds.ThreadTitles, thread, cancellationToken).ConfigureAwait(false);
        else await documents.SaveAsync(runtime.Spec.Tenant, DocumentKinds.ThreadTitles, thread, title, null, cancellationToken).ConfigureAwait(false);
        return await GetAsync(workspace, thread, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<string?> TitleAsync(AgentRuntime runtime, string thread, CancellationToken cancellationToken) =>
        (await documents.FindAsync<string>(runtime.Spec.Tenant, DocumentKinds.ThreadTitles, thread, cancellationToken).ConfigureAwait(false))?.Value;

    private static async ValueTask<ThreadRecord> FindAsync(AgentRuntime runtime, string thread, CancellationToken cancellationToken) =>
        await runtime.GetThreadAsync(thread, cancellationToken).ConfigureAwait(false)
        ?? throw new SluiceException(StudioErrorCodes.NotFound, $"There is no thread '{thread}'.");

    private static async ValueTask<string> PromptAsync(AgentRuntime runtime, string run, CancellationToken cancellationToken)
    {
        await foreach (var entry in runtime.JournalAsync(run, cancellationToken).ConfigureAwait(false))
            return entry.ReadData() is RunStartedData started ? started.Prompt : "";
        return "";
    }

    private static string Shorten(string prompt) => prompt.Length <= MostCharacters ? prompt : string.Concat(prompt.AsSpan(0, MostCharacters - 1), "…");
}
