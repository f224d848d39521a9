using System.Text.Json;
using Sluice.Journal;
using Sluice.Runtime.Journal;

namespace Sluice.Runtime.References;

/// <summary>The tenant's references as a step of a run sees them: what it creates is recorded, once.</summary>
/// <param name="references">The tenant's references.</param>
/// <param name="journal">Where it was recorded before.</param>
/// <param name="callKey">The step.</param>
/// <param name="append">Records under a key what is new.</param>
internal sealed class RecordedReferences(
    TenantReferences references, RunJournal journal, string callKey, Func<string, ReferenceCreatedData, ValueTask> append) : IReferences
{
    public async ValueTask<ReferenceEnvelope> CreateAsync<T>(
        ReferenceSpec<T> spec, T value, object? glimpse = null, CancellationToken cancellationToken = default) =>
        await RecordAsync(await references.CreateAsync(spec, value, glimpse, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);

    public async ValueTask<ReferenceEnvelope> CreateAsync(
        string kind, JsonElement value, object? glimpse = null, CancellationToken cancellationToken = default) =>
        await RecordAsync(await references.CreateAsync(kind, value, glimpse, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);

    public ValueTask<JsonElement> ResolveAsync(ReferenceHandle reference, CancellationToken cancellationToken = default) =>
        references.ResolveAsync(reference, cancellationToken);

    public ValueTask<T> ResolveAsync<T>(ReferenceHandle reference, CancellationToken cancellationToken = default) =>
        references.ResolveAsync<T>(reference, cancellationToken);

    public ValueTask<ReferenceEnvelope> GlimpseAsync(ReferenceHandle reference, CancellationToken cancellationToken = default) =>
        references.GlimpseAsync(reference, cancellationToken);

    private async ValueTask<ReferenceEnvelope> RecordAsync(ReferenceEnvelope envelope)
    {
        var key = StepKey.Sub(callKey, $"reference/{envelope.Id}");
        if (journal.Recorded<ReferenceCreatedData>(JournalEntryKind.ReferenceCreated, key) is null)
            await append(key, new ReferenceCreatedData { Envelope = envelope }).ConfigureAwait(false);
        return envelope;
    }
}
