using System.CommandLine;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Approvals;

/// <summary>The commands about approval requests: <c>sluice approvals …</c>.</summary>
internal static class ApprovalsCommand
{
    public static Command Create(Shell shell) => new("approvals", "See what waits for a decision, and decide.")
    {
        new ApprovalsListCommand(shell),
        new ApprovalsRespondCommand(shell),
    };
}
