using System.Text.Json.Nodes;

namespace Sluice.Mcp.Tests.Serving;

/// <summary>Calls whose client does not want them any more, or is gone.</summary>
public sealed class CancellationTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Call_ThatTheClientCancels_CancelsItsRunAndHasNoAnswer()
    {
        await using var server = new InMemoryServer(new(), Waiting());
        var client = server.Connect();
        await client.InitializeAsync();
        var call = await client.CallAsync("wait");
        await Began(client);

        await client.NotifyAsync("notifications/cancelled", new() { ["requestId"] = call });

        await _stopped.Task.WaitAsync(Patience);
        var ping = await client.RequestAsync("ping", []);
        RawConnection.Id(await client.ReadAsync()).ShouldBe(ping);
        (await StateAsync(server)).ShouldBe(RunState.Cancelled);
    }

    [Fact]
    public async Task Call_WhoseHandlerHoldsItsThread_IsCancelledAllTheSame()
    {
        await using var server = new InMemoryServer(new(), Holding());
        var client = server.Connect();
        await client.InitializeAsync();
        var call = await client.RequestAsync("tools/call", new() { ["name"] = "hold" });
        await _began.Task.WaitAsync(Patience);

        await client.NotifyAsync("notifications/cancelled", new() { ["requestId"] = call });

        await _stopped.Task.WaitAsync(Patience);
        (await StateAsync(server)).ShouldBe(RunState.Cancelled);
    }

    [Fact]
    public async Task Connection_ThatEndsDuringACall_CancelsItsRun()
    {
        await using var server = new InMemoryServer(new(), Waiting());
        var client = server.Connect();
        await client.InitializeAsync();
        await client.CallAsync("wait");
        await Began(client);

        client.Close();

        await server.Serving.WaitAsync(Patience);
        // The run does not wait for a handler whose token is cancelled.
        await _stopped.Task.WaitAsync(Patience);
        (await StateAsync(server)).ShouldBe(RunState.Cancelled);
    }

    [Fact]
    public async Task Connection_ThatEndsWhileItsUserIsAsked_CancelsTheRunAndTakesTheQuestionBack()
    {
        await using var server = new InMemoryServer(new(), Gated());
        var client = server.Connect();
        await client.InitializeAsync(capabilities: Elicitation());
        await client.CallAsync("post");
        (await client.ReadAsync())["method"]!.GetValue<string>().ShouldBe("elicitation/create");

        client.Close();

        await server.Serving.WaitAsync(Patience);
        (await StateAsync(server)).ShouldBe(RunState.Cancelled);
        (await server.Runtime.ListApprovalsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Question_ThatIsDecidedElsewhere_IsTakenBackBeforeTheAnswer()
    {
        await using var server = new InMemoryServer(new(), Gated());
        var client = server.Connect();
        await client.InitializeAsync(capabilities: Elicitation());
        var call = await client.CallAsync("post");
        var question = await client.ReadAsync();

        var request = (await server.Runtime.ListApprovalsAsync()).ShouldHaveSingleItem();
        await server.Runtime.RespondToApprovalAsync(request.Id, ApprovalOutcome.Approve);

        var withdrawal = await client.ReadAsync();
        withdrawal["method"]!.GetValue<string>().ShouldBe("notifications/cancelled");
        withdrawal["params"]!["requestId"]!.ToJsonString().ShouldBe(question["id"]!.ToJsonString());
        RawConnection.Id(await client.ReadAsync()).ShouldBe(call);
    }

    [Fact]
    public async Task Cancellation_OfWhatIsNotRunning_IsIgnored()
    {
        await using var server = new InMemoryServer(new(), Waiting());
        var client = server.Connect();
        await client.InitializeAsync();

        foreach (var parameters in (JsonObject[])[new() { ["requestId"] = 99 }, new() { ["requestId"] = true }, []])
            await client.NotifyAsync("notifications/cancelled", parameters);

        var ping = await client.RequestAsync("ping", []);
        RawConnection.Id(await client.ReadAsync()).ShouldBe(ping);
    }

    private ToolSpec Waiting() => Define.Tool<Nothing>("wait", "Waits.", async (_, context) =>
    {
        context.Progress.Report(new() { Label = "began" });
        try
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return null;
        }
        finally
        {
            _stopped.SetResult();
        }
    });

    private ToolSpec Holding() => Define.Tool<Nothing>("hold", "Holds its thread.", (_, context) =>
    {
        _began.SetResult();
        if (context.CancellationToken.WaitHandle.WaitOne(Patience)) _stopped.SetResult();
        context.CancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<object?>(null);
    });

    private static ToolSpec Gated() => Define.Tool<Nothing>("post", "Posts.", (_, _) => Task.FromResult<object?>("posted"), approval: Approval.Always);

    private static JsonObject Elicitation() => new() { ["elicitation"] = new JsonObject { ["form"] = new JsonObject() } };

    private static async Task Began(RawConnection client) => (await client.ReadAsync())["method"]!.GetValue<string>().ShouldBe("notifications/progress");

    /// <summary>How the only run ended.</summary>
    private static async Task<RunState> StateAsync(InMemoryServer server)
    {
        using var timer = new CancellationTokenSource(Patience);
        var run = (await server.Runtime.ListRunsAsync(cancellationToken: timer.Token)).ShouldHaveSingleItem().RunId;
        await foreach (var _ in server.Runtime.EventsAsync(run, cancellationToken: timer.Token))
        {
        }

        return (await server.Runtime.GetRunAsync(run, timer.Token))!.State;
    }

    private sealed record Nothing;
}
