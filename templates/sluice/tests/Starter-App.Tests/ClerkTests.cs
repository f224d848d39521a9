using Sluice;
using Xunit;

namespace Starter_App.Tests;

/// <summary>A script takes the model's place. Tools, gates and records are those of a real run.</summary>
public sealed class ClerkTests
{
    private static readonly string OrderNails = Script.Of(
        Script.Call("list_stock", new { onlyLow = true }),
        Script.Call("order_units", new { article = "nails", units = 60 }),
        Script.Text("Nails are taken care of."));

    [Theory]
    [InlineData(ApprovalOutcome.Approve, 100)]
    [InlineData(ApprovalOutcome.Reject, 40)]
    public async Task Order_IsPlaced_OnlyWhenAPersonApproves(ApprovalOutcome decision, int unitsAfterwards)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var stock = new Stock();
        await using var app = Clerk.Open(stock, new() { Interpreter = Interpreter.Scripted });

        await foreach (var happened in app.Runtime.QueryAsync(OrderNails, cancellationToken: cancellationToken))
            if (happened is ApprovalRequiredEvent gate)
            {
                Assert.Equal(40, UnitsOfNails(stock));
                await app.Runtime.RespondToApprovalAsync(gate.Id, decision, decidedBy: "a test", cancellationToken: cancellationToken);
            }

        Assert.Equal(unitsAfterwards, UnitsOfNails(stock));
    }

    private static int UnitsOfNails(Stock stock) => stock.List(onlyLow: false).Single(article => article.Name == "nails").Units;
}
