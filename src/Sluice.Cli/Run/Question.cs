using System.Text.Json;

namespace Sluice.Cli.Run;

/// <summary>An approval request as somebody is asked it.</summary>
internal sealed record Question(string Id, ApprovalKind Kind, string Target, JsonElement Payload)
{
    /// <summary>Opens the plan's body in an editor.</summary>
    public const string Edit = "edit";

    /// <summary>Shows all that there is to decide on.</summary>
    public const string Show = "show";

    /// <summary>Leaves the run waiting.</summary>
    public const string Later = "later";

    public static Question Of(ApprovalRequiredEvent asked) => new(asked.Id, asked.Kind, asked.Target, asked.Payload);

    public static Question Of(ApprovalRequest request) => new(request.Id, request.Kind, request.Target, request.Payload);

    /// <summary>Whether the run can be left waiting. Default: false.</summary>
    public bool CanWait { get; init; }

    /// <summary>What waits, in a few words.</summary>
    public string What => Kind switch
    {
        ApprovalKind.Plan => $"Plan {Target}",
        ApprovalKind.Tool => $"A call of {Target}",
        _ => $"The unknown outcome of {Target}",
    };

    /// <summary>The answers that there are, as a command line takes them.</summary>
    public string Outcomes => Kind switch
    {
        ApprovalKind.Plan => "approve|reject|revise",
        ApprovalKind.Tool => "approve|reject",
        _ => "retry|mark_done|mark_failed",
    };

    /// <summary>What whoever sits at a terminal can say.</summary>
    public IReadOnlyList<string> Choices => [.. Kind == ApprovalKind.Plan ? ["approve", Edit, "revise", "reject"] : Outcomes.Split('|'), Show, .. CanWait ? [Later] : (string[])[]];
}
