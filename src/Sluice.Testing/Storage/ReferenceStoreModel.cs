using System.Text;
using Sluice.Storage;
using Xunit;
using static Sluice.Testing.StorageSamples;

namespace Sluice.Testing;

/// <summary>A reference store as a dictionary, and one random operation done to both.</summary>
internal sealed class ReferenceStoreModel(IReferenceStore store, TenantSpec[] tenants, CancellationToken cancellationToken)
{
    private readonly Dictionary<(TenantSpec Tenant, string Id), (ReferenceEnvelope Envelope, string Text)> _values = [];

    public Task StepAsync(Random random, List<string> log)
    {
        var tenant = tenants[random.Next(tenants.Length)];
        var id = $"ref-{random.Next(6)}";
        return random.Next(10) switch
        {
            < 5 => PutAsync(tenant, id, random, log),
            < 9 => ReadAsync(tenant, id, log),
            _ => RemoveAsync(tenant, random, log),
        };
    }

    private async Task PutAsync(TenantSpec tenant, string id, Random random, List<string> log)
    {
        var text = string.Concat(Enumerable.Repeat($"{random.Next()} ", random.Next(500)));
        var asked = Reference(id, text.Length, random.Next(5) == 0 ? null : Noon.AddMinutes(random.Next(9)));
        log.Add($"put {tenant.ResourceId} {id} until {asked.ExpiresAt:O}");
        var isKnown = _values.TryGetValue((tenant, id), out var known);
        var isWritten = false;

        var stored = await store.PutAsync(tenant, asked, async (stream, token) =>
        {
            isWritten = true;
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text), token);
        }, cancellationToken);

        Assert.Equal(!isKnown, isWritten);
        _values[(tenant, id)] = isKnown ? (known.Envelope with { ExpiresAt = Later(known.Envelope, asked) }, known.Text) : (asked, text);
        AssertSame(_values[(tenant, id)].Envelope, stored);
    }

    private async Task ReadAsync(TenantSpec tenant, string id, List<string> log)
    {
        log.Add($"read {tenant.ResourceId} {id}");
        var handle = new ReferenceHandle { Kind = "table", Id = id };
        var envelope = await store.GetAsync(tenant, handle, cancellationToken);
        var stream = await store.OpenAsync(tenant, handle, cancellationToken);
        if (!_values.TryGetValue((tenant, id), out var known))
        {
            Assert.Null(envelope);
            Assert.Null(stream);
            return;
        }

        AssertSame(known.Envelope, envelope);
        using var reader = new StreamReader(stream!);
        Assert.Equal(known.Text, await reader.ReadToEndAsync(cancellationToken));
    }

    private async Task RemoveAsync(TenantSpec tenant, Random random, List<string> log)
    {
        var (now, pinned) = (Noon.AddMinutes(random.Next(5)), new HashSet<string> { $"ref-{random.Next(6)}" });
        log.Add($"remove {tenant.ResourceId} at {now:O} except {string.Join(' ', pinned)}");
        var expired = _values.Where(row => row.Key.Tenant == tenant && row.Value.Envelope.ExpiresAt <= now && !pinned.Contains(row.Key.Id)).ToList();
        foreach (var row in expired) _values.Remove(row.Key);

        Assert.Equal(expired.Count, await store.RemoveExpiredAsync(tenant, now, pinned, cancellationToken));
    }

    private static DateTimeOffset? Later(ReferenceEnvelope one, ReferenceEnvelope other) =>
        one.ExpiresAt is { } first && other.ExpiresAt is { } second ? (first > second ? first : second) : null;
}
