using System.Text.Json;

namespace Sluice.Cli.Run;

/// <summary>An approval request as somebody is asked it.</summary>
internal sealed record Question(string Id, ApprovalKind Kind, string Target, JsonElement Payload)
{
    private const int MostCharacters = 2000;

    /// <summary>What waits, in a few words.</summary>
    public string What => Kind switch
    {
        ApprovalKind.Plan => $"Plan {Target}",
        ApprovalKind.Tool => $"A call of {Target}",
        _ => $"The unknown outcome of {Target}",
    };

    /// <summary>What there is to decide on.</summary>
    public string Shown => Payload.GetRawText() is { Length: > MostCharacters } text ? $"{text[..MostCharacters]}…" : Payload.GetRawText();

    /// <summary>The answers that there are, as a command line takes them.</summary>
    public string Outcomes => Kind switch
    {
        ApprovalKind.Plan => "approve|reject|revise",
        ApprovalKind.Tool => "approve|reject",
        _ => "retry|mark_done|mark_failed",
    };
}
