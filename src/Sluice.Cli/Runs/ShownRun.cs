using System.Text;
using Sluice.Cli.Output;

namespace Sluice.Cli.Runs;

/// <summary>A run, and the requests that it waits for.</summary>
internal sealed record ShownRun(RunRecord Run, IReadOnlyList<ApprovalRequest> Waiting)
{
    public string ToText()
    {
        var text = new StringBuilder();
        text.Append($"run      {Run.RunId}\n");
        text.Append($"state    {RecordOutput.State(Run)}\n");
        text.Append($"agent    {Run.EntryAgent}\n");
        text.Append($"thread   {Run.ThreadId}\n");
        text.Append($"started  {RecordOutput.Time(Run.StartedAt)}\n");
        text.Append($"updated  {RecordOutput.Time(Run.UpdatedAt)}\n");
        text.Append($"events   {Run.LastEvent}\n");
        if (Run.Error is { } error) text.Append($"error    {error.Message} ({error.Code})\n");
        foreach (var request in Waiting) text.Append($"waits    {request.Id}: {request.Target}, asked by {request.Agent}\n");
        return text.ToString();
    }
}
