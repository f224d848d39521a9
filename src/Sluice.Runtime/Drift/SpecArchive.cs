using System.Text;
using System.Text.Json;
using Sluice.Storage;

namespace Sluice.Runtime.Drift;

/// <summary>Keeps every spec under which runs were begun, once per tenant and hash, so that a later one can be told apart.</summary>
internal sealed class SpecArchive(IReferenceStore store, TenantSpec tenant, SpecDefinition definition, TimeProvider time)
{
    private volatile bool _isStored;

    /// <summary>Stores the runtime's own spec, the first time.</summary>
    public async ValueTask StoreAsync(CancellationToken cancellationToken)
    {
        if (_isStored) return;
        var json = Encoding.UTF8.GetBytes(definition.Json);
        var handle = SpecDefinition.HandleOf(definition.Hash);
        var envelope = new ReferenceEnvelope
        {
            Kind = handle.Kind,
            Id = handle.Id,
            Glimpse = JsonSerializer.SerializeToElement(new { version = tenant.Version }),
            Bytes = json.Length,
            CreatedAt = time.GetUtcNow(),
        };
        await store.PutAsync(tenant, envelope, async (stream, token) => await stream.WriteAsync(json, token).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);
        _isStored = true;
    }

    /// <summary>The spec with a hash; null when it is not stored, or is not what it was.</summary>
    public async ValueTask<JsonElement?> FindAsync(string hash, CancellationToken cancellationToken)
    {
        var stream = await store.OpenAsync(tenant, SpecDefinition.HandleOf(hash), cancellationToken).ConfigureAwait(false);
        if (stream is null) return null;
        await using (stream.ConfigureAwait(false))
        {
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
            var json = copy.ToArray();
            return SpecDefinition.HashOf(json) == hash ? JsonElement.Parse(json) : null;
        }
    }
}
