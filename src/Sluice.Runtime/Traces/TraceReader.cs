using System.Text.Json;
using Sluice.Journal;
using Sluice.Runtime.Composition;
using Sluice.Runtime.Runs;
using Sluice.Storage;

namespace Sluice.Runtime.Traces;

/// <summary>Tells runs as traces.</summary>
internal sealed class TraceReader(RunDirectory runs, IJournalStore journal, CompiledSpec compiled)
{
    public async ValueTask<Trace?> ReadAsync(string runId, bool includeContent, CancellationToken cancellationToken)
    {
        if (await runs.GetAsync(runId, cancellationToken).ConfigureAwait(false) is not { } run) return null;
        var spans = new TraceSpans(ModelOf, includeContent);
        await foreach (var entry in journal.ReadAsync(compiled.Spec.Tenant, runId, 0, cancellationToken).ConfigureAwait(false))
        {
            // The run may go on while it is read: the trace shows it as its row does.
            if (entry.Sequence > run.LastEntry) break;
            spans.Add(entry, Read(entry));
        }

        return spans.ToTrace(run);
    }

    public async ValueTask<IReadOnlyList<TraceHeader>> ListAsync(RunFilter filter, CancellationToken cancellationToken) =>
        [.. (await runs.ListAsync(filter, cancellationToken).ConfigureAwait(false)).Select(HeaderOf)];

    private static TraceHeader HeaderOf(RunRecord run) => new()
    {
        Id = run.RunId,
        ThreadId = run.ThreadId,
        EvalSample = run.EvalSample,
        Agent = run.EntryAgent,
        State = run.State,
        StartedAt = run.StartedAt,
        EndedAt = TraceSpans.EndOf(run),
        FinishReason = run.FinishReason,
        ErrorCode = run.Error?.Code,
    };

    private string ModelOf(string agent) => compiled.Agents.GetValueOrDefault(agent)?.Spec.Model.Id ?? "unknown";

    private static JournalData Read(JournalEntry entry)
    {
        try
        {
            return entry.ReadData();
        }
        catch (JsonException exception)
        {
            throw new SluiceException(
                ErrorCodes.Internal, $"Entry {entry.Sequence} of run '{entry.RunId}' cannot be read, so there is no trace of it. Verify it.", exception);
        }
    }
}
