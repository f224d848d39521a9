using System.Text.Json;

namespace Sluice.Runtime.Tests;

/// <summary>A run that goes on by itself, and everything it said so far.</summary>
internal sealed class WatchedRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly AgentRuntime _runtime;
    private readonly Lock _lock = new();
    private readonly List<RuntimeEvent> _events = [];
    private readonly Task _read;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WatchedRun(AgentRuntime runtime, string runId)
    {
        (_runtime, RunId) = (runtime, runId);
        _read = ReadAsync();
    }

    public string RunId { get; }

    public IReadOnlyList<RuntimeEvent> Events
    {
        get
        {
            lock (_lock) return [.. _events];
        }
    }

    public static async Task<WatchedRun> StartAsync(AgentRuntime runtime, string prompt, string? agent = null, string? threadId = null) =>
        new(runtime, (await runtime.StartAsync(new() { Prompt = prompt, Agent = agent, ThreadId = threadId })).RunId);

    public static WatchedRun Join(AgentRuntime runtime, string runId) => new(runtime, runId);

    /// <summary>The requests, once there are so many.</summary>
    public async Task<IReadOnlyList<ApprovalRequiredEvent>> AskedAsync(int count = 1) =>
        [.. (await UntilAsync(events => events.OfType<ApprovalRequiredEvent>().Count() >= count)).OfType<ApprovalRequiredEvent>()];

    /// <summary>The id of the request for a tool or a plan, once it is there.</summary>
    public async Task<string> AskedAboutAsync(string target) =>
        (await UntilAsync(events => events.OfType<ApprovalRequiredEvent>().Any(asked => asked.Target == target)))
            .OfType<ApprovalRequiredEvent>().Last(asked => asked.Target == target).Id;

    /// <summary>All events, once the stream has ended.</summary>
    public async Task<IReadOnlyList<RuntimeEvent>> EndedAsync()
    {
        var events = await UntilAsync(events => events is [.., { IsTerminal: true }]);
        await _read.WaitAsync(Patience);
        return events;
    }

    /// <summary>Answers the next request and waits for the end.</summary>
    public async Task<IReadOnlyList<RuntimeEvent>> DecideAsync(
        ApprovalOutcome outcome, string? feedback = null, object? partial = null, string? decidedBy = null)
    {
        var asked = await AskedAsync();
        await _runtime.RespondToApprovalAsync(asked[^1].Id, outcome, feedback, partial, decidedBy);
        return await EndedAsync();
    }

    public async Task<IReadOnlyList<RuntimeEvent>> UntilAsync(Func<IReadOnlyList<RuntimeEvent>, bool> holds)
    {
        using var timer = new CancellationTokenSource(Patience);
        while (true)
        {
            Task more;
            lock (_lock) more = _more.Task;
            var events = Events;
            if (holds(events)) return events;
            if (_read.IsFaulted) await _read;
            try
            {
                await more.WaitAsync(timer.Token);
            }
            catch (OperationCanceledException exception)
            {
                throw new TimeoutException($"Run {RunId} did not get there. It said:\n{string.Join('\n', events.Select(e => e.ToJson()))}", exception);
            }
        }
    }

    private async Task ReadAsync()
    {
        await foreach (var e in _runtime.EventsAsync(RunId))
        {
            TaskCompletionSource more;
            lock (_lock)
            {
                _events.Add(e);
                (more, _more) = (_more, new(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            more.SetResult();
        }
    }
}

/// <summary>Reads what tests look for out of a stream.</summary>
internal static class EventQueries
{
    /// <summary>The results of a tool's calls, in order; an error is its JSON.</summary>
    public static IReadOnlyList<ToolInvocationEvent> ResultsOf(this IEnumerable<RuntimeEvent> events, string tool) =>
        [.. events.OfType<ToolInvocationEvent>().Where(e => e.ToolName == tool && e.State == InvocationState.Result)];

    /// <summary>The only result of a tool.</summary>
    public static JsonElement ResultOf(this IEnumerable<RuntimeEvent> events, string tool)
    {
        var result = events.ResultsOf(tool).ShouldHaveSingleItem();
        result.Error.ShouldBeNull();
        return result.Result!.Value;
    }

    /// <summary>The only error of a tool.</summary>
    public static ErrorInfo ErrorOf(this IEnumerable<RuntimeEvent> events, string tool) =>
        events.ResultsOf(tool).ShouldHaveSingleItem().Error.ShouldNotBeNull();

    public static string Text(this JsonElement value, string member) => value.GetProperty(member).GetString()!;

    public static async Task<SluiceException> ShouldFailAsync(this Task task, string code)
    {
        var exception = await Should.ThrowAsync<SluiceException>(task);
        exception.Code.ShouldBe(code);
        return exception;
    }
}
