using Sluice;
using Spectre.Console;

namespace Inventory.Tests;

public sealed class TerminalApprovalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Retry\n", ApprovalOutcome.Retry, null)]
    [InlineData("d\nthe order is there\n", ApprovalOutcome.MarkDone, "the order is there")]
    [InlineData("what?\nfailed\n\n", ApprovalOutcome.MarkFailed, null)]
    public async Task Decide_WhatBecameOfAnEffect_TakesTheWord(string typed, ApprovalOutcome outcome, string? feedback)
    {
        var reply = await Create(typed, ApprovalChoice.Ask).DecideAsync(ApprovalKind.InDoubt, Token);

        reply.ShouldBe(new(outcome, feedback, $"{Environment.UserName} at the terminal"));
    }

    [Fact]
    public async Task Decide_WhatBecameOfAnEffectAndNobodySays_LeavesItOpen() =>
        (await Create("", ApprovalChoice.Ask).DecideAsync(ApprovalKind.InDoubt, Token)).ShouldBeNull();

    [Theory]
    [InlineData(ApprovalKind.InDoubt, ApprovalOutcome.Retry, ApprovalOutcome.MarkFailed)]
    [InlineData(ApprovalKind.Plan, ApprovalOutcome.Approve, ApprovalOutcome.Reject)]
    public async Task Decide_ByTheCommandLine_AsksNobody(ApprovalKind kind, ApprovalOutcome always, ApprovalOutcome never)
    {
        (await Create("", ApprovalChoice.Always).DecideAsync(kind, Token))!.Outcome.ShouldBe(always);
        (await Create("", ApprovalChoice.Never).DecideAsync(kind, Token))!.Outcome.ShouldBe(never);
    }

    [Fact]
    public async Task ReadLine_AfterAWithdrawnQuestion_GetsTheLineThatIsTypedNext()
    {
        using var typing = new SlowTypist();
        var input = new TerminalInput(Output(), typing, isTerminal: true);
        using var withdrawn = new CancellationTokenSource();
        var first = input.ReadLineAsync(withdrawn.Token);
        await typing.IsAwaited;
        await withdrawn.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);

        var second = input.ReadLineAsync(Token);
        typing.Type("approve");

        (await second).ShouldBe("approve");
    }

    private static TerminalApproval Create(string typed, ApprovalChoice choice) =>
        new(Output(), new(Output(), new StringReader(typed), isTerminal: true), choice);

    private static IAnsiConsole Output() => AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(TextWriter.Null) });

    private sealed class SlowTypist : TextReader
    {
        private readonly TaskCompletionSource _awaited = new();
        private readonly TaskCompletionSource<string> _line = new();

        public Task IsAwaited => _awaited.Task;

        public void Type(string line) => _line.SetResult(line);

        public override string? ReadLine()
        {
            _awaited.TrySetResult();
            return _line.Task.GetAwaiter().GetResult();
        }
    }
}
