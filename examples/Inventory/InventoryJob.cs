using System.Globalization;
using System.Security.Cryptography;
using Inventory.Account;
using Inventory.Data;
using Spectre.Console;

namespace Inventory;

/// <summary>The main job: one request, a plan, a decision, and what came of it. Whenever the process ends, another start goes on from what is stored.</summary>
internal sealed class InventoryJob
{
    private readonly DataFolder _data;
    private readonly Options _options;
    private readonly LiveModels _models;
    private readonly IAnsiConsole _console;
    private readonly TerminalInput _input;
    private readonly JobAccount _account;
    private readonly TimeProvider _time = TimeProvider.System;

    private InventoryJob(DataFolder data, Options options, LiveModels models, IAnsiConsole console)
    {
        (_data, _options, _models, _console) = (data, options, models, console);
        _input = TerminalInput.Open(console);
        _account = new(console, options);
    }

    /// <summary>Runs it and tells it.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(Options options, LiveModels models, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var data = await DataFolder.OpenAsync(options, console, cancellationToken);
        var code = await new InventoryJob(data, options, models, console).RunAsync(cancellationToken);
        console.WriteLine($"Retail database (only read): {data.Retail.DatabasePath}");
        console.WriteLine($"Operational database:        {data.Operations.DatabasePath}");
        console.WriteLine($"Runs and approvals:          {data.RunsPath}");
        return code;
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var environment = await RetailEnvironment.OpenAsync(_data.Retail, cancellationToken);
        await environment.LearnAsync(_data.Policies, _console, cancellationToken);
        await using var storage = SqliteStorage.Open(_data.RunsPath);
        var runtimeOptions = RetailRuntime.Options(_data.Retail, _data.Operations, _data.Policies, environment);
        runtimeOptions.Interpreter = LiveModels.InterpreterOf(_options);
        runtimeOptions.Storage = storage;
        await using var runtime = SluiceRuntime.Create(Agents.Spec(_models), runtimeOptions);
        var left = new LeftRuns(runtime, _console, _input);
        if (_options.Reset) await left.ForgetAsync(storage, cancellationToken);
        var run = await left.ChooseAsync(_options.Start, cancellationToken);
        if (run is not null || _options.Start != StartChoice.Resume) return await RunAsync(runtime, run, cancellationToken);
        _console.WriteLine("No run waits and none was interrupted, so there is nothing to go on with.");
        return ExitCode.Done;
    }

    private async Task<int> RunAsync(SluiceRuntime runtime, RunRecord? left, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var planId = left?.ThreadId ?? NewPlanId();
        var runs = new JobRuns(runtime, planId);
        using var question = new ApprovalQuestion(runtime, new(_console, _input, _options.Approve), _console);
        var rounds = new JobRounds(runtime, runs, question, _account, _options, _data.Policies);
        try
        {
            await rounds.RunAsync(left, planId, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What happened until then is told all the same.
        }

        var plan = await runtime.GetPlanAsync(planId, CancellationToken.None);
        var keys = await runs.ActionKeysAsync(CancellationToken.None);
        var before = await _data.Operations.SummaryAsync(without: keys, CancellationToken.None);
        var after = await _data.Operations.SummaryAsync(CancellationToken.None);
        _account.End(plan, before, after, _time.GetElapsedTime(started) - question.Waiting, question.Waiting, question.IsLeftOpen);
        cancellationToken.ThrowIfCancellationRequested();
        return rounds.HasFailed || question.IsLeftOpen || plan is null or { Status: PlanStatus.Failed } ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>A new plan for every job, because idempotency keys are made from the plan's id. It also names the job's thread.</summary>
    private string NewPlanId() => string.Create(
        CultureInfo.InvariantCulture, $"plan-{_time.GetUtcNow():yyyyMMdd-HHmmss}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}");
}
