using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sluice.Evals.Recording;

/// <summary>Makes a case of a run: what it did becomes what is expected.</summary>
internal static partial class TestCaseRecorder
{
    private const string Tag = "from_run";

    public static async Task<TestCase> CreateAsync(IAgentRuntime runtime, string runId, string? id, CancellationToken cancellationToken)
    {
        var run = await new RunRecorder(runtime, ReferenceProjection.Glimpse).ReadEndedAsync(runId, cancellationToken).ConfigureAwait(false);
        var (started, output) = (run.Reading.Started, run.Output);
        return new()
        {
            Id = id ?? runId,
            Input = started.Prompt,
            ExpectedTrajectory = [.. output.Trajectory.Select(ToExpected)],
            ExpectedActions = output.PlannedActions.Count == 0 && output.ExecutedActions.Count == 0 ? null : new()
            {
                Planned = output.PlannedActions.Count == 0 ? null : output.PlannedActions,
                Executed = output.ExecutedActions.Count == 0 ? null : output.ExecutedActions,
            },
            SourceThreadId = started.ThreadId,
            Tags = [Tag],
        };
    }

    /// <summary>
    /// The arguments of the runtime's own tools are ids, or what a model words anew each time; those of others are expected as they were,
    /// unless there is an id in them.
    /// </summary>
    private static ExpectedCall ToExpected(TrajectoryCall call) =>
        call.Arguments is not { } arguments || BuiltInTools.ToolNames.Contains(call.Name) || HasId(arguments)
            ? new() { Name = call.Name }
            : new() { Name = call.Name, Arguments = arguments };

    private static bool HasId(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Id().IsMatch(value.GetString()!),
        JsonValueKind.Object => value.EnumerateObject().Any(member => HasId(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(HasId),
        _ => false,
    };

    [GeneratedRegex("(plan|ref|run|thread)-[0-9a-f]{16}|[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}
