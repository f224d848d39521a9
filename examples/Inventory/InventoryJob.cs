using System.Globalization;
using System.Security.Cryptography;
using Inventory.Account;
using Inventory.Data;
using Spectre.Console;

namespace Inventory;

/// <summary>The main job: one request, a plan, a decision, and what came of it. A plan that is sent back gets a smaller markdown.</summary>
internal sealed class InventoryJob
{
    private const int MaxRounds = 3;

    private readonly DataFolder _data;
    private readonly Options _options;
    private readonly TerminalApproval _approval;
    private readonly JobAccount _account;
    private readonly TimeProvider _time = TimeProvider.System;
    private TimeSpan _waiting;
    private bool _hasFailed;

    private InventoryJob(DataFolder data, Options options, IAnsiConsole console)
    {
        (_data, _options) = (data, options);
        _approval = new(console, Console.In, options.Approve);
        _account = new(console, options.ShowEvents);
    }

    /// <summary>Runs it and tells it.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Options options, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var data = await DataFolder.OpenAsync(options, console, cancellationToken);
        var code = await new InventoryJob(data, options, console).RunAsync(cancellationToken);
        console.WriteLine($"Retail database (only read): {data.Retail.DatabasePath}");
        console.WriteLine($"Operational database:        {data.Operations.DatabasePath}");
        return code;
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var tools = new RetailTools(new(_data.Retail), new(_data.Operations));
        await using var runtime = SluiceRuntime.Create(Agents.Spec(tools), new()
        {
            Interpreter = Interpreter.Scripted,
            ActionDispatcher = new InventoryHandlers(_data.Operations).All(),

            // The run waits for whoever sits at this terminal, so it stays in memory.
            Limits = new() { SuspendAfter = TimeSpan.FromDays(7) },
        });
        var started = _time.GetTimestamp();
        var before = await _data.Operations.SummaryAsync(cancellationToken);
        var planId = NewPlanId();
        try
        {
            await PlanUntilDecidedAsync(runtime, planId, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What happened until then is told all the same.
        }

        var plan = await runtime.GetPlanAsync(planId, CancellationToken.None);
        var after = await _data.Operations.SummaryAsync(CancellationToken.None);
        _account.End(plan, before, after, _time.GetElapsedTime(started) - _waiting, _waiting);
        cancellationToken.ThrowIfCancellationRequested();
        return _hasFailed || plan is null or { Status: PlanStatus.Failed } ? ExitCode.Failed : ExitCode.Done;
    }

    private async Task PlanUntilDecidedAsync(SluiceRuntime runtime, string planId, CancellationToken cancellationToken)
    {
        var percent = _options.MarkDown;
        _account.Begin("The request", JobScript.Request(percent));
        var reply = await QueryAsync(runtime, JobScript.Plan(planId, percent), planId, cancellationToken);
        for (var round = 2; round <= MaxRounds && reply is { Outcome: ApprovalOutcome.Revise }; round++)
        {
            percent = Math.Max(1, percent / 2);
            _account.Begin("The plan goes back to the planner", reply.Feedback ?? "(no feedback)");
            reply = await QueryAsync(runtime, JobScript.Revise(planId, reply.Feedback, percent), planId, cancellationToken);
        }
    }

    /// <summary>One run on the job's thread; answers what it asks, and returns the answer.</summary>
    private async Task<ApprovalReply?> QueryAsync(
        SluiceRuntime runtime, Script script, string threadId, CancellationToken cancellationToken)
    {
        ApprovalReply? reply = null;
        await foreach (var e in runtime.QueryAsync(script, threadId, cancellationToken: cancellationToken))
        {
            _account.Add(e);
            if (e is ApprovalRequiredEvent gate)
            {
                var asked = _time.GetTimestamp();
                reply = await _approval.DecideAsync(cancellationToken);
                if (_options.Approve == ApprovalChoice.Ask) _waiting += _time.GetElapsedTime(asked);
                await runtime.RespondToApprovalAsync(
                    gate.Id, reply.Outcome, reply.Feedback, decidedBy: reply.DecidedBy, cancellationToken: cancellationToken);
            }

            _hasFailed |= e is ErrorEvent;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return reply;
    }

    /// <summary>A new plan in every process, because idempotency keys are made from the plan's id.</summary>
    private string NewPlanId() => string.Create(
        CultureInfo.InvariantCulture, $"plan-{_time.GetUtcNow():yyyyMMdd-HHmmss}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}");
}
