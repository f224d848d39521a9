using System.Text.Json;
using Sluice.Journal;
using Sluice.Storage;

namespace Sluice.Runtime.Audit;

/// <summary>Reads the account of a run from its journal.</summary>
internal sealed class RunAuditor(IRuntimeStorage storage, TenantSpec tenant)
{
    public async ValueTask<RunAudit> ReadAsync(string runId, CancellationToken cancellationToken)
    {
        var run = await storage.Journal.GetRunAsync(tenant, runId, cancellationToken).ConfigureAwait(false)
            ?? throw new SluiceException(ErrorCodes.RunNotFound, $"There is no run '{runId}'.");
        var steps = new List<AuditStep>();
        await foreach (var entry in storage.Journal.ReadAsync(tenant, runId, 0, cancellationToken).ConfigureAwait(false))
            steps.Add(Read(entry));
        var account = new RunAccount(steps);
        foreach (var step in steps) account.Add(step);
        return new() { Run = run, Lines = account.Lines };
    }

    private static AuditStep Read(JournalEntry entry)
    {
        try
        {
            return new(entry, entry.ReadData());
        }
        catch (JsonException exception)
        {
            throw new SluiceException(
                ErrorCodes.Internal, $"Entry {entry.Sequence} of run '{entry.RunId}' cannot be read, so the run cannot be told. Verify it.", exception);
        }
    }
}
