using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sluice.Studio.Documents;
using Sluice.Studio.Errors;
using Sluice.Studio.Hosting;
using Sluice.Studio.Paging;
using Sluice.Studio.Workspaces;

namespace Sluice.Studio.Threads;

/// <summary>The conversations of a workspace.</summary>
internal sealed class ThreadEndpoints(WorkspaceTable workspaces, DocumentStore documents, NewThreads newThreads)
{
    private const int MostCharacters = 200;
    private const int MostRuns = 1000;

    public void Map(RouteGroupBuilder workspace)
    {
        workspace.MapGet("/threads", ListAsync).WithSummary("Conversations, last used first");
        workspace.MapPost("/threads", CreateAsync).WithSummary("Makes a conversation, which has no run yet");
        workspace.MapGet("/threads/{thread}", GetAsync).WithSummary("A conversation: its runs in order");
        workspace.MapGet("/threads/{thread}/messages", MessagesAsync).WithSummary("What was asked and answered, first to last; a page has the messages of so many runs");
        workspace.MapPatch("/threads/{thread}", RenameAsync).WithSummary("Names a conversation");
        workspace.MapDelete("/threads/{thread}", DeleteAsync).WithSummary("Removes a conversation with its runs, all of which have ended");
    }

    private async Task<Answer<Page<ThreadSummary>>> ListAsync(string workspace, [AsParameters] PageRequest page, CancellationToken cancellationToken)
    {
        var after = page.Read(2) is [var at, var id] ? new ThreadCursor(PageRequest.ReadTime(at), id) : null;
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        var threads = await newThreads.ListAsync(runtime, after, cancellationToken).ConfigureAwait(false);
        threads.AddRange(await runtime.ListThreadsAsync(after, page.Size + 1, cancellationToken).ConfigureAwait(false));
        threads.Sort(NewThreads.Compare);
        return new(await page.TakeAsync(
            threads,
            thread => SummarizeAsync(runtime, thread, cancellationToken),
            last => PageRequest.Write(PageRequest.WriteTime(last.UpdatedAt), last.ThreadId)).ConfigureAwait(false));
    }

    private async Task<Answer<CreatedThread>> CreateAsync(string workspace, Body<CreateThread> body, CancellationToken cancellationToken)
    {
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        var title = Check(body.Value.Title ?? "");
        var thread = (await newThreads.CreateAsync(runtime, cancellationToken).ConfigureAwait(false)).ThreadId;
        return new(new(thread, await NameAsync(runtime, thread, title, cancellationToken).ConfigureAwait(false)));
    }

    private async Task<Answer<ThreadDetails>> GetAsync(string workspace, string thread, CancellationToken cancellationToken)
    {
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        var record = await FindAsync(runtime, thread, cancellationToken).ConfigureAwait(false);
        var runs = new List<ThreadRun>();
        foreach (var run in await RunsAsync(runtime, thread, cancellationToken).ConfigureAwait(false))
            runs.Add(new(run, await MessageReader.PromptAsync(runtime, run.RunId, cancellationToken).ConfigureAwait(false)));
        return new(new() { Thread = record, Title = await TitleAsync(runtime, thread, cancellationToken).ConfigureAwait(false), Runs = runs });
    }

    private async Task<Answer<Page<ThreadMessage>>> MessagesAsync(
        string workspace, string thread, [AsParameters] PageRequest page, CancellationToken cancellationToken)
    {
        var after = page.Read(1) is [var id] ? id : null;
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        await FindAsync(runtime, thread, cancellationToken).ConfigureAwait(false);
        var runs = await RunsAsync(runtime, thread, cancellationToken).ConfigureAwait(false);
        var first = after is null ? 0 : runs.FindIndex(run => run.RunId == after) + 1;
        var shown = runs.Skip(first).Take(page.Size).ToList();
        var messages = new List<ThreadMessage>();
        foreach (var run in shown) messages.AddRange(await MessageReader.ReadAsync(runtime, run, cancellationToken).ConfigureAwait(false));
        return new(new(messages, first + shown.Count < runs.Count ? PageRequest.Write(shown[^1].RunId) : null));
    }

    private async Task<Answer<ThreadDetails>> RenameAsync(
        string workspace, string thread, Body<RenameThread> body, CancellationToken cancellationToken)
    {
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        await FindAsync(runtime, thread, cancellationToken).ConfigureAwait(false);
        await NameAsync(runtime, thread, Check(body.Value.Title), cancellationToken).ConfigureAwait(false);
        return await GetAsync(workspace, thread, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Answer<PruneResult>> DeleteAsync(string workspace, string thread, CancellationToken cancellationToken)
    {
        var runtime = (await workspaces.GetAsync(workspace, cancellationToken).ConfigureAwait(false)).Runtime;
        await FindAsync(runtime, thread, cancellationToken).ConfigureAwait(false);
        var removed = await runtime.RemoveThreadAsync(thread, cancellationToken).ConfigureAwait(false);
        if (removed.Kept > 0)
            throw new SluiceException(ErrorCodes.ThreadBusy, $"{removed.Kept} of the runs of '{thread}' stay: a plan of theirs is approved or executing. The others are removed.");
        await documents.RemoveAsync<string>(runtime.Spec.Tenant, DocumentKinds.ThreadTitles, thread, null, cancellationToken).ConfigureAwait(false);
        await newThreads.RemoveAsync(runtime, thread, cancellationToken).ConfigureAwait(false);
        return new(removed);
    }

    private async ValueTask<ThreadSummary> SummarizeAsync(AgentRuntime runtime, ThreadRecord thread, CancellationToken cancellationToken)
    {
        var runs = await RunsAsync(runtime, thread.ThreadId, cancellationToken).ConfigureAwait(false);
        return new()
        {
            Thread = thread,
            Title = await TitleAsync(runtime, thread.ThreadId, cancellationToken).ConfigureAwait(false),
            FirstPrompt = runs is [var first, ..] ? Shorten(await MessageReader.PromptAsync(runtime, first.RunId, cancellationToken).ConfigureAwait(false)) : null,
            LastRun = runs is [.., var last] ? last : null,
        };
    }

    /// <summary>The last runs of a thread, first to last.</summary>
    private static async ValueTask<List<RunRecord>> RunsAsync(AgentRuntime runtime, string thread, CancellationToken cancellationToken)
    {
        var runs = await runtime.ListRunsAsync(new() { ThreadId = thread, Limit = MostRuns }, cancellationToken).ConfigureAwait(false);
        return [.. runs.Reverse()];
    }

    /// <summary>Names a thread; blank: it has no name of its own any more.</summary>
    private async ValueTask<string?> NameAsync(AgentRuntime runtime, string thread, string title, CancellationToken cancellationToken)
    {
        if (title.Length == 0)
        {
            await documents.RemoveAsync<string>(runtime.Spec.Tenant, DocumentKinds.ThreadTitles, thread, null, cancellationToken).ConfigureAwait(false);
            return null;
        }

        await documents.SaveAsync(runtime.Spec.Tenant, DocumentKinds.ThreadTitles, thread, title, null, cancellationToken).ConfigureAwait(false);
        return title;
    }

    private static string Check(string title) => title.Trim() is { Length: <= MostCharacters } trimmed
        ? trimmed
        : throw new BadHttpRequestException($"'title' is longer than {MostCharacters} characters.");

    private async ValueTask<string?> TitleAsync(AgentRuntime runtime, string thread, CancellationToken cancellationToken) =>
        (await documents.FindAsync<string>(runtime.Spec.Tenant, DocumentKinds.ThreadTitles, thread, cancellationToken).ConfigureAwait(false))?.Value;

    private async ValueTask<ThreadRecord> FindAsync(AgentRuntime runtime, string thread, CancellationToken cancellationToken) =>
        await runtime.GetThreadAsync(thread, cancellationToken).ConfigureAwait(false)
        ?? await newThreads.FindAsync(runtime, thread, cancellationToken).ConfigureAwait(false)
        ?? throw new SluiceException(StudioErrorCodes.NotFound, $"There is no thread '{thread}'.");

    public static string Shorten(string prompt) => prompt.Length <= MostCharacters ? prompt : string.Concat(prompt.AsSpan(0, MostCharacters - 1), "…");
}
