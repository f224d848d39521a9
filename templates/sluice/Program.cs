using Sluice;

namespace Starter_App;

/// <summary>Asks the clerk one thing on the terminal, and asks you before anything is ordered.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var prompt = args.Length > 0 ? string.Join(' ', args) : "What is running low? Order it.";
        await using var app = Clerk.Open(new Stock());
        Console.WriteLine($"> {prompt}");
        await foreach (var happened in app.Runtime.QueryAsync(prompt))
            switch (happened)
            {
                case TextEvent text:
                    Console.Write(text.Text);
                    break;
                case ToolInvocationEvent { State: InvocationState.Call } call:
                    Console.WriteLine($"  {call.ToolName} {call.Args}");
                    break;
                case ApprovalRequiredEvent gate:
                    await app.Runtime.RespondToApprovalAsync(gate.Id, Ask(gate), decidedBy: Environment.UserName);
                    break;
                case ErrorEvent error:
                    Console.Error.WriteLine(error.Error);
                    return 1;
                case FinishEvent finish:
                    Console.WriteLine($"\n{finish.FinishReason}, {finish.Usage.TotalTokens} tokens");
                    break;
            }

        return 0;
    }

    private static ApprovalOutcome Ask(ApprovalRequiredEvent gate)
    {
        Console.Write($"  Approve {gate.Target} {gate.Payload}? [y/N] ");
        var answer = Console.ReadLine();
        if (Console.IsInputRedirected) Console.WriteLine(answer);
        return answer?.Trim().ToLowerInvariant() is "y" or "yes" ? ApprovalOutcome.Approve : ApprovalOutcome.Reject;
    }
}
