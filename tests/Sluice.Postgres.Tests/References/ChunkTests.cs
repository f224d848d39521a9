using static Sluice.Postgres.Tests.Rows;

namespace Sluice.Postgres.Tests.References;

public sealed class ChunkTests(ServerFixture server)
{
    private static readonly ReferenceHandle Handle = new() { Kind = "table", Id = "ref-1" };

    [Theory]
    [InlineData(256 * 1024)]
    [InlineData((256 * 1024) + 1)]
    [InlineData(4 * 256 * 1024)]
    [InlineData((4 * 256 * 1024) + 1)]
    public async Task Value_AtTheEdgeOfAChunk_ComesBackWhole(int size)
    {
        await using var storage = PostgresStorage.Open(await server.CreateDatabaseAsync());
        var value = Random(size);

        // So small a size says that it is kept uncompressed.
        await storage.PutAsync(Reference("ref-1", bytes: 1), value);

        (await ReadAsync(storage)).ShouldBe(value);
    }

    [Fact]
    public async Task Reader_ThatDawdles_HoldsNoConnection()
    {
        await using var storage = PostgresStorage.Open($"{await server.CreateDatabaseAsync()};Maximum Pool Size=1", new() { UseNotifications = false });
        await storage.PutAsync(Reference("ref-1", 2 << 20), Random(2 << 20));
        await using var stream = (await storage.References.OpenAsync(Tenant, Handle, CancellationToken.None))!;
        var buffer = new byte[300 * 1024];
        await stream.ReadExactlyAsync(buffer);

        (await storage.AppendFirstAsync("run-1")).ShouldBeTrue();

        using var rest = new MemoryStream();
        await stream.CopyToAsync(rest);
        rest.Length.ShouldBe((2 << 20) - buffer.Length);
    }

    [Fact]
    public async Task Reader_OfAValueThatIsRemovedMeanwhile_IsToldAndGetsNoMixture()
    {
        await using var storage = PostgresStorage.Open(await server.CreateDatabaseAsync());
        await storage.PutAsync(Reference("ref-1", 1, Noon), Random(2 << 20));
        await using var stream = (await storage.References.OpenAsync(Tenant, Handle, CancellationToken.None))!;
        await stream.ReadExactlyAsync(new byte[1000]);

        await storage.References.RemoveExpiredAsync(Tenant, Noon, new HashSet<string>(), CancellationToken.None);
        await storage.PutAsync(Reference("ref-1", 1), new byte[2 << 20]);

        (await Should.ThrowAsync<SluiceException>(() => stream.CopyToAsync(Stream.Null))).Code.ShouldBe(ErrorCodes.ReferenceExpired);
    }

    [Fact]
    public async Task RemoveExpired_OfMoreThanOneRound_TakesAllWithTheirChunks()
    {
        var database = await server.CreateDatabaseAsync();
        await using var storage = PostgresStorage.Open(database);
        await Task.WhenAll(Enumerable.Range(0, 1001).Select(number => storage.PutAsync(Reference($"ref-{number}", 1, Noon), [1]).AsTask()));

        (await storage.References.RemoveExpiredAsync(Tenant, Noon, new HashSet<string>(), CancellationToken.None)).ShouldBe(1001);

        (await ServerFixture.ExecuteAsync($"{database};Options=-c sluice.tenant=tenant-1", "select count(*) from sluice.reference_chunks")).ShouldBe(0L);
    }

    private static byte[] Random(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    private static async Task<byte[]> ReadAsync(PostgresStorage storage)
    {
        await using var stream = (await storage.References.OpenAsync(Tenant, Handle, CancellationToken.None))!;
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
