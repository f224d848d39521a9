using static Sluice.Sqlite.Tests.Samples;

namespace Sluice.Sqlite.Tests.References;

public sealed class StreamingTests : IAsyncDisposable
{
    private readonly TemporaryStore _store = new();
    private readonly SqliteStorage _storage;

    public StreamingTests() => _storage = _store.Open();

    private static ReferenceHandle Handle => new() { Kind = "table", Id = "ref-1" };

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        _store.Dispose();
    }

    /// <summary>Sizes around the pieces, and around what is kept in memory before it is stored.</summary>
    [Theory]
    [InlineData(262_143)]
    [InlineData(262_144)]
    [InlineData(262_145)]
    [InlineData(1_310_720)]
    [InlineData(1_310_721)]
    [InlineData(2_000_000)]
    public async Task Put_OfAnySize_ComesBackByteForByte(int size)
    {
        var value = Noise(size);

        await _storage.PutAsync(Reference("ref-1", 1), value);

        await using var stream = await _storage.References.OpenAsync(Tenant, Handle, default);
        var read = new MemoryStream();
        await stream!.CopyToAsync(read);
        read.ToArray().AsSpan().SequenceEqual(value).ShouldBeTrue();
        stream.Read(new byte[1]).ShouldBe(0);
    }

    [Fact]
    public async Task Put_OfALargeValue_LeavesNoOtherFile()
    {
        var before = Directory.GetFiles(_store.Folder).Order().ToList();

        await _storage.References.PutAsync(Tenant, Reference("ref-1", 4_000_000), async (stream, cancellationToken) =>
        {
            await stream.WriteAsync(Noise(4_000_000), cancellationToken);
            if (!OperatingSystem.IsWindows()) Directory.GetFiles(_store.Folder).Order().ShouldBe(before);
        }, default);

        Directory.GetFiles(_store.Folder).Order().ShouldBe(before);
    }

    [Fact]
    public async Task Read_OfAValueThatIsRemovedMeanwhile_EndsWithAClearError()
    {
        await _storage.PutAsync(Reference("ref-1", 1, Noon), Noise(1_000_000));
        await using var stream = await _storage.References.OpenAsync(Tenant, Handle, default);
        await stream!.ReadExactlyAsync(new byte[100]);

        (await _storage.References.RemoveExpiredAsync(Tenant, Noon, new HashSet<string>(), default)).ShouldBe(1);
        await _storage.PutAsync(Reference("ref-1", 1), Noise(1_000_000));

        var failure = await Should.ThrowAsync<SluiceException>(async () => await stream.CopyToAsync(Stream.Null));
        failure.Code.ShouldBe(ErrorCodes.ReferenceExpired);
    }

    [Fact]
    public async Task Read_OfAValueWhoseLifeIsExtendedMeanwhile_GoesOn()
    {
        await _storage.PutAsync(Reference("ref-1", 1, Noon), Noise(1_000_000));
        await using var stream = await _storage.References.OpenAsync(Tenant, Handle, default);
        await stream!.ReadExactlyAsync(new byte[100]);

        await _storage.PutAsync(Reference("ref-1", 1, Noon.AddDays(1)), []);
        (await _storage.References.RemoveExpiredAsync(Tenant, Noon, new HashSet<string>(), default)).ShouldBe(0);

        await stream.ReadExactlyAsync(new byte[999_900]);
    }

    [Fact]
    public async Task RemoveExpired_OfMoreThanABatch_TakesAllButThePinned()
    {
        var ids = Enumerable.Range(0, 200).Select(number => $"ref-{number}").ToList();
        foreach (var id in ids) await _storage.PutAsync(Reference(id, 1, Noon), [1]);
        var pinned = ids.Take(100).ToHashSet();

        (await _storage.References.RemoveExpiredAsync(Tenant, Noon, pinned, default)).ShouldBe(100);
        (await _storage.References.RemoveExpiredAsync(Tenant, Noon, new HashSet<string>(), default)).ShouldBe(100);

        using var connection = _store.Connect(TemporaryStore.Patience);
        connection.Number("SELECT count(*) FROM reference_chunks").ShouldBe(0);
    }

    private static byte[] Noise(int size)
    {
        var value = new byte[size];
        new Random(size).NextBytes(value);
        return value;
    }
}
