using System.Buffers;
using System.Text.Json;

namespace Sluice.Studio.Plans;

/// <summary>Finds the versions of a plan, of which the store keeps the last: the others are in what people were asked and in what agents wrote.</summary>
internal sealed class PlanVersionReader(AgentRuntime runtime)
{
    private const int MostRequests = 1000;

    /// <summary>The versions, first to last.</summary>
    public async ValueTask<IReadOnlyList<PlanVersion>> ReadAsync(StoredPlan plan, CancellationToken cancellationToken)
    {
        var filter = new ApprovalFilter { ThreadId = plan.ThreadId, Limit = MostRequests };
        var requests = (await runtime.ListApprovalsAsync(filter, cancellationToken).ConfigureAwait(false))
            .Where(request => request.Kind == ApprovalKind.Plan && request.Target == plan.PlanId).ToList();
        var bodies = requests.GroupBy(VersionOf).ToDictionary(group => group.Key, group => group.First().Payload.GetProperty("body"));
        bodies[plan.Version] = BodyOf(plan);
        foreach (var run in requests.Select(request => request.RunId).Prepend(plan.RunId).Distinct(StringComparer.Ordinal))
        {
            if (bodies.Count >= plan.Version) break;
            await AddWrittenAsync(bodies, plan.PlanId, run, cancellationToken).ConfigureAwait(false);
        }

        return [.. plan.History.Where(change => change.Status == PlanStatus.Draft).Select(change => new PlanVersion
        {
            Version = change.Version,
            At = change.At,
            By = change.By,
            Body = bodies.TryGetValue(change.Version, out var body) ? body : null,
            Cause = requests.Where(request => VersionOf(request) == change.Version - 1).Select(CauseOf).LastOrDefault(cause => cause is not null),
        })];
    }

    /// <summary>What a run's agents stored under the plan's id.</summary>
    private async ValueTask AddWrittenAsync(Dictionary<int, JsonElement> bodies, string planId, string run, CancellationToken cancellationToken)
    {
        if (await runtime.GetTraceAsync(run, includeContent: true, cancellationToken).ConfigureAwait(false) is not { } trace) return;
        foreach (var span in trace.Spans)
        {
            if (span is not { Kind: TraceSpanKind.ExecuteTool, Name: BuiltInTools.StorePlan, Status: TraceSpanStatus.Ok, Input: { } input, Output: { } output }) continue;
            if (output.GetProperty("planId").GetString() == planId) bodies.TryAdd(output.GetProperty("version").GetInt32(), input.GetProperty("body"));
        }
    }

    private static int VersionOf(ApprovalRequest request) => request.Payload.GetProperty("version").GetInt32();

    private static PlanVersionCause? CauseOf(ApprovalRequest request) => request.Decisions is [.., var last]
        && (last.Outcome == ApprovalOutcome.Revise || last is { Outcome: ApprovalOutcome.Approve, Partial: not null })
            ? new(request.Id, last.Outcome, last.Feedback, last.DecidedBy, last.At)
            : null;

    /// <summary>The body in the author's flat shape.</summary>
    private static JsonElement BodyOf(StoredPlan plan)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in plan.Context.EnumerateObject()) member.WriteTo(writer);
            writer.WriteStartArray("actions");
            foreach (var action in plan.Actions) action.WriteFlat(writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
