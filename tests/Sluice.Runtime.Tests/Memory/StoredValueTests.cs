using System.Text.Json;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Tests.Memory;

public sealed class StoredValueTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_OfALargeRepetitiveValue_KeepsAFractionOfIt()
    {
        var value = await WriteAsync(5_000_000);

        value.StoredBytes.ShouldBeLessThan(50_000);
        (await LengthAsync(value)).ShouldBe(5_000_000);
    }

    [Fact]
    public async Task Write_OfASmallValue_KeepsItAsItIs() => (await WriteAsync(1024)).StoredBytes.ShouldBe(1024);

    [Fact]
    public async Task WithLife_OfAValue_SharesItsContent()
    {
        var value = await WriteAsync(2000);

        var extended = value.WithLife(DateTimeOffset.UnixEpoch);

        extended.Envelope.ExpiresAt.ShouldBe(DateTimeOffset.UnixEpoch);
        (await LengthAsync(extended)).ShouldBe(2000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public void Chunks_OfAnyLength_GiveBackTheirBytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var chunks = new ByteChunks();
        foreach (var piece in bytes.Chunk(700)) chunks.Append(piece);
        chunks.Trim();

        using var copy = new MemoryStream();
        using var reader = new ChunkReader(chunks);
        reader.CopyTo(copy);

        copy.ToArray().ShouldBe(bytes);
        reader.Position.ShouldBe(chunks.Length);
    }

    private static async Task<StoredValue> WriteAsync(int length)
    {
        var envelope = new ReferenceEnvelope
        {
            Kind = "table",
            Id = "ref-1",
            Glimpse = JsonElement.Parse("1"),
            Bytes = length,
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        return await StoredValue.WriteAsync(
            envelope, (stream, cancellationToken) => stream.WriteAsync(Enumerable.Repeat((byte)'7', length).ToArray(), cancellationToken), Token);
    }

    private static async Task<long> LengthAsync(StoredValue value)
    {
        using var copy = new MemoryStream();
        await using var stream = value.Open();
        await stream.CopyToAsync(copy, Token);
        return copy.Length;
    }
}
