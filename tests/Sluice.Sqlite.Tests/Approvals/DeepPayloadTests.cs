using System.Text.Json;
using Sluice.Json;
using static Sluice.Sqlite.Tests.Samples;

namespace Sluice.Sqlite.Tests.Approvals;

public sealed class DeepPayloadTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    /// <summary>The deepest value that is taken from a model is deeper once it is part of a row.</summary>
    [Fact]
    public async Task Payload_AsDeepAsAllowed_ComesBackWhole()
    {
        await using var storage = _store.Open();
        var payload = SluiceJson.Parse([.. Enumerable.Repeat((byte)'[', SluiceJson.MaxDepth), .. Enumerable.Repeat((byte)']', SluiceJson.MaxDepth)]);

        (await storage.Approvals.TryAddAsync(Tenant, Request("apr-1") with { Payload = payload }, default)).ShouldBeTrue();

        var stored = await storage.Approvals.GetAsync(Tenant, "apr-1", default);
        JsonElement.DeepEquals(stored!.Payload, payload).ShouldBeTrue();
    }
}
