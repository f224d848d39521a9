using System.Text;
using Inventory.Data;
using Sluice;
using Sluice.Data;
using Spectre.Console;

namespace Inventory.Tests;

public sealed class LeftRunsTests(JobData data, FullRetail retail) : IClassFixture<JobData>, IAsyncLifetime
{
    private readonly StringBuilder _printed = new();
    private OperationsDatabase _operations = null!;
    private OpenDataEnvironment _environment = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _operations = await data.ResetAsync();
        _environment = await RetailEnvironment.OpenAsync(retail.Database, Token);
    }

    public ValueTask DisposeAsync() => _environment.DisposeAsync();

    [Theory]
    [InlineData("\n", true)]
    [InlineData("maybe\nYes\n", true)]
    [InlineData("", true)]
    [InlineData("n\n", false)]
    public async Task Choose_AtATerminal_GoesOnUnlessTheAnswerIsNo(string typed, bool goesOn)
    {
        await using var storage = SqliteStorage.Open(data.RunsPath);
        var runId = await LeaveAWaitingRunAsync(storage);
        await using var runtime = Create(storage);

        var chosen = await LeftRunsOf(runtime, typed, isTerminal: true).ChooseAsync(StartChoice.Ask, Token);

        chosen?.RunId.ShouldBe(runId);
        (chosen is not null).ShouldBe(goesOn);
        _printed.ToString().ShouldContain("waits for your approval of plan plan-1. Go on with it? [Y/n]");
        (await runtime.GetRunAsync(runId, Token))!.State.ShouldBe(goesOn ? RunState.Waiting : RunState.Cancelled);
    }

    [Fact]
    public async Task Choose_WhileAnotherRuntimeDrivesTheRun_LeavesItThere()
    {
        await using var storage = SqliteStorage.Open(data.RunsPath);
        await using var other = Create(storage);
        await foreach (var e in Start(other))
        {
            if (e is not ApprovalRequiredEvent gate) continue;
            await using var runtime = Create(storage);

            (await LeftRunsOf(runtime, "", isTerminal: false).ChooseAsync(StartChoice.Ask, Token)).ShouldBeNull();

            (await runtime.GetRunAsync(e.RunId, Token))!.State.ShouldBe(RunState.Waiting);
            await other.RespondToApprovalAsync(gate.Id, ApprovalOutcome.Reject, cancellationToken: Token);
        }
    }

    private async Task<string> LeaveAWaitingRunAsync(SqliteStorage storage)
    {
        var runId = "";
        await using var runtime = Create(storage);
        await foreach (var e in Start(runtime))
        {
            runId = e.RunId;
            if (e is ApprovalRequiredEvent) await runtime.DisposeAsync();
        }

        return runId;
    }

    private static IAsyncEnumerable<RuntimeEvent> Start(SluiceRuntime runtime) =>
        runtime.QueryAsync(JobScript.Plan("plan-1", 20, ShopPolicies.AsWritten), "plan-1", cancellationToken: Token);

    private SluiceRuntime Create(SqliteStorage storage)
    {
        var options = RetailRuntime.Options(retail.Database, _operations, ShopPolicies.AsWritten, _environment);
        (options.Interpreter, options.Storage) = (Interpreter.Scripted, storage);
        return SluiceRuntime.Create(Agents.Spec(LiveModels.Claude), options);
    }

    private LeftRuns LeftRunsOf(SluiceRuntime runtime, string typed, bool isTerminal)
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(new StringWriter(_printed)), Ansi = AnsiSupport.No });
        console.Profile.Width = 200;
        return new(runtime, console, new(console, new StringReader(typed), isTerminal));
    }
}
