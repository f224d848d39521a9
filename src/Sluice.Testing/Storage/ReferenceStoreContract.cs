using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sluice.Storage;
using Xunit;
using static Sluice.Testing.StorageSamples;

namespace Sluice.Testing;

/// <summary>What every <see cref="IReferenceStore"/> must do.</summary>
public abstract class ReferenceStoreContract : StorageContract
{
    private const string Id = "ref-1";
    private static readonly HashSet<string> NoPins = [];

    /// <summary>A value and its envelope come back as they were; what is not known, or of another kind, is null.</summary>
    [Fact]
    public async Task Put_OfANewValue_IsReadBackWhole()
    {
        await using var storage = await CreateAsync();
        var envelope = Reference(Id, 13, Noon.AddDays(1));

        AssertSame(envelope, await PutAsync(storage, envelope, """{"a":"größe"}"""));

        AssertSame(envelope, await storage.References.GetAsync(Tenant, Handle(Id), Token));
        Assert.Equal("""{"a":"größe"}""", await ReadTextAsync(storage, Tenant, Id));
        foreach (var unknown in (ReferenceHandle[])[Handle("ref-2"), Handle(Id) with { Kind = "file" }])
        {
            Assert.Null(await storage.References.GetAsync(Tenant, unknown, Token));
            Assert.Null(await storage.References.OpenAsync(Tenant, unknown, Token));
        }
    }

    /// <summary>A value of no bytes is a value.</summary>
    [Fact]
    public async Task Put_OfAnEmptyValue_IsReadBackEmpty()
    {
        await using var storage = await CreateAsync();

        await PutAsync(storage, Reference(Id, 0), "");

        Assert.Equal("", await ReadTextAsync(storage, Tenant, Id));
    }

    /// <summary>20 MB go in and come out in pieces, both what compresses well and what does not.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Put_OfALargeValue_StreamsItBothWays(bool isRandom)
    {
        await using var storage = await CreateAsync();
        const int pieces = 320;
        var piece = new byte[64 * 1024];
        if (isRandom) new Random(11).NextBytes(piece);
        using var written = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        await storage.References.PutAsync(Tenant, Reference(Id, (long)pieces * piece.Length), async (stream, cancellationToken) =>
        {
            for (var i = 0; i < pieces; i++)
            {
                piece[0] = (byte)i;
                if (isRandom) new Random(i).NextBytes(piece);
                written.AppendData(piece);
                await stream.WriteAsync(piece, cancellationToken);
            }
        }, Token);

        await using var stored = await storage.References.OpenAsync(Tenant, Handle(Id), Token);
        Assert.Equal(Convert.ToHexString(written.GetHashAndReset()), Convert.ToHexString(await SHA256.HashDataAsync(stored!, Token)));
    }

    /// <summary>A value that is known is not written again; its glimpse and creation time stay.</summary>
    [Fact]
    public async Task Put_OfAKnownId_KeepsTheValueAndDoesNotWrite()
    {
        await using var storage = await CreateAsync();
        await PutAsync(storage, Reference(Id, 1), "1");

        var again = await storage.References.PutAsync(
            Tenant, Reference(Id, 1) with { CreatedAt = Noon.AddDays(1), Glimpse = JsonElement.Parse("2") },
            (_, _) => throw new InvalidOperationException("The value was asked for again."), Token);

        AssertSame(Reference(Id, 1), again);
        Assert.Equal("1", await ReadTextAsync(storage, Tenant, Id));
    }

    /// <summary>The life becomes the longer of the two, and no end is longest.</summary>
    [Theory]
    [InlineData(1, 2, 2)]
    [InlineData(2, 1, 2)]
    [InlineData(1, null, null)]
    [InlineData(null, 1, null)]
    public async Task Put_OfAKnownId_KeepsTheLongerLife(int? first, int? second, int? expected)
    {
        await using var storage = await CreateAsync();
        await PutAsync(storage, Reference(Id, 1, InDays(first)), "1");

        var again = await PutAsync(storage, Reference(Id, 1, InDays(second)), "1");

        Assert.Equal(InDays(expected), again.ExpiresAt);
        Assert.Equal(InDays(expected), (await storage.References.GetAsync(Tenant, Handle(Id), Token))!.ExpiresAt);

        static DateTimeOffset? InDays(int? days) => days is { } count ? Noon.AddDays(count) : null;
    }

    /// <summary>When writing fails halfway the exception passes through and nothing is stored; the id can be used after that.</summary>
    [Fact]
    public async Task Put_WhoseWriteFails_StoresNothing()
    {
        await using var storage = await CreateAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await storage.References.PutAsync(
            Tenant, Reference(Id, 5000), async (stream, cancellationToken) =>
            {
                await stream.WriteAsync(new byte[4000], cancellationToken);
                throw new InvalidOperationException("Halfway.");
            }, Token));

        Assert.Null(await storage.References.GetAsync(Tenant, Handle(Id), Token));
        await PutAsync(storage, Reference(Id, 1), "1");
        Assert.Equal("1", await ReadTextAsync(storage, Tenant, Id));
    }

    /// <summary>A token that is cancelled before, or while the value is written, leaves nothing stored.</summary>
    [Fact]
    public async Task Put_ThatIsCancelled_StoresNothing()
    {
        await using var storage = await CreateAsync();
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await storage.References.PutAsync(Tenant, Reference("ref-0", 1), (_, _) => default, Cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await storage.References.PutAsync(
            Tenant, Reference(Id, 9), async (stream, cancellationToken) =>
            {
                await stream.WriteAsync(new byte[1], cancellationToken);
                await cancellation.CancelAsync();
            }, cancellation.Token));

        Assert.Null(await storage.References.GetAsync(Tenant, Handle("ref-0"), Token));
        Assert.Null(await storage.References.GetAsync(Tenant, Handle(Id), Token));
    }

    /// <summary>Of one id that is put by many there is one value, and it is whole.</summary>
    [Fact]
    public async Task Put_OfOneIdByMany_StoresOneWholeValue()
    {
        await using var storage = await CreateAsync();
        var text = string.Concat(Enumerable.Repeat("content-addressed ", 500));

        var envelopes = await RaceAsync(async racer => await PutAsync(storage, Reference(Id, text.Length, Noon.AddDays(racer)), text));

        Assert.All(envelopes, envelope => Assert.Equal(Noon, envelope.CreatedAt));
        Assert.Equal(Noon.AddDays(Racers - 1), (await storage.References.GetAsync(Tenant, Handle(Id), Token))!.ExpiresAt);
        Assert.All(await RaceAsync(_ => ReadTextAsync(storage, Tenant, Id)), read => Assert.Equal(text, read));
    }

    /// <summary>What is expired is still there until it is removed: saying so is the runtime's matter.</summary>
    [Fact]
    public async Task Get_OfAnExpiredValue_StillGivesIt()
    {
        await using var storage = await CreateAsync();
        await PutAsync(storage, Reference(Id, 1, DateTimeOffset.UnixEpoch), "1");

        Assert.NotNull(await storage.References.GetAsync(Tenant, Handle(Id), Token));
        Assert.Equal("1", await ReadTextAsync(storage, Tenant, Id));
    }

    /// <summary>Removal takes what expired at the time or before, except pins, and says how much.</summary>
    [Fact]
    public async Task RemoveExpired_AtATime_TakesWhatExpiredAndIsNotPinned()
    {
        await using var storage = await CreateAsync();
        await PutAsync(storage, Reference("ref-before", 1, Noon.AddSeconds(-1)), "1");
        await PutAsync(storage, Reference("ref-now", 1, Noon), "1");
        await PutAsync(storage, Reference("ref-after", 1, Noon.AddSeconds(1)), "1");
        await PutAsync(storage, Reference("ref-never", 1), "1");
        await PutAsync(storage, Reference("ref-pinned", 1, Noon.AddSeconds(-1)), "1");

        Assert.Equal(2, await storage.References.RemoveExpiredAsync(Tenant, Noon, new HashSet<string> { "ref-pinned" }, Token));

        Assert.Equal(["ref-after", "ref-never", "ref-pinned"], await KnownAsync(storage, "ref-before", "ref-now", "ref-after", "ref-never", "ref-pinned"));
        Assert.Null(await storage.References.OpenAsync(Tenant, Handle("ref-now"), Token));
        Assert.Equal(1, await storage.References.RemoveExpiredAsync(Tenant, Noon, NoPins, Token));
    }

    /// <summary>A value whose life was extended is not removed; one that was removed can be stored anew.</summary>
    [Fact]
    public async Task RemoveExpired_AfterAnExtension_KeepsTheValue()
    {
        await using var storage = await CreateAsync();
        await PutAsync(storage, Reference(Id, 1, Noon), "1");
        await PutAsync(storage, Reference(Id, 1, Noon.AddDays(1)), "1");

        Assert.Equal(0, await storage.References.RemoveExpiredAsync(Tenant, Noon, NoPins, Token));
        Assert.Equal(1, await storage.References.RemoveExpiredAsync(Tenant, Noon.AddDays(1), NoPins, Token));

        var anew = await PutAsync(storage, Reference(Id, 1) with { CreatedAt = Noon.AddDays(2) }, "1");
        Assert.Equal(Noon.AddDays(2), anew.CreatedAt);
    }

    /// <summary>Extensions and removals at the same time never lose a value that a put answered for.</summary>
    [Fact]
    public async Task RemoveExpired_BesideManyExtensions_LosesNone()
    {
        await using var storage = await CreateAsync();
        for (var round = 1; round <= Rounds; round++)
        {
            var ids = Enumerable.Range(0, Racers / 2).Select(number => $"ref-{round}-{number}").ToArray();
            foreach (var id in ids) await PutAsync(storage, Reference(id, 1, Noon), "1");

            await RaceAsync(async racer => racer % 2 == 0
                ? await storage.References.RemoveExpiredAsync(Tenant, Noon, NoPins, Token)
                : (await PutAsync(storage, Reference(ids[racer / 2], 1, Noon.AddDays(1)), "1")).Bytes);

            Assert.Equal(ids, await KnownAsync(storage, ids));
            Assert.Equal("1", await ReadTextAsync(storage, Tenant, ids[^1]));
        }
    }

    /// <summary>Another tenant cannot resolve an id it knows, nor remove it; another version of the tenant is the same tenant.</summary>
    [Fact]
    public async Task Values_OfOneTenant_AreInvisibleToAnother()
    {
        await using var storage = await CreateAsync();
        await PutAsync(storage, Reference(Id, 1, Noon), "1");

        Assert.Null(await storage.References.GetAsync(OtherTenant, Handle(Id), Token));
        Assert.Null(await storage.References.OpenAsync(OtherTenant, Handle(Id), Token));
        Assert.Equal(0, await storage.References.RemoveExpiredAsync(OtherTenant, Noon, NoPins, Token));
        await storage.References.PutAsync(OtherTenant, Reference(Id, 1), (stream, cancellationToken) => stream.WriteAsync("2"u8.ToArray(), cancellationToken), Token);

        Assert.Equal("1", await ReadTextAsync(storage, Tenant with { Version = "2" }, Id));
        Assert.Equal("2", await ReadTextAsync(storage, OtherTenant, Id));
    }

    /// <summary>Generated operations give what a dictionary would.</summary>
    [Fact]
    public async Task Operations_InAnyOrder_AgreeWithTheModel()
    {
        await using var storage = await CreateAsync();

        await SeededOperations.RunAsync(sequence => new ReferenceStoreModel(storage.References, TenantsOf(sequence), Token).StepAsync);
    }

    private static ReferenceHandle Handle(string id) => new() { Kind = "table", Id = id };

    private static async Task<string> ReadTextAsync(IRuntimeStorage storage, TenantSpec tenant, string id)
    {
        var stream = await storage.References.OpenAsync(tenant, Handle(id), Token);
        using var reader = new StreamReader(stream!);
        return await reader.ReadToEndAsync(Token);
    }

    private async Task<ReferenceEnvelope> PutAsync(IRuntimeStorage storage, ReferenceEnvelope envelope, string text) =>
        await storage.References.PutAsync(
            Tenant, envelope, (stream, cancellationToken) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken), Token);

    private async Task<IEnumerable<string>> KnownAsync(IRuntimeStorage storage, params string[] ids)
    {
        var known = new List<string>();
        foreach (var id in ids)
        {
            if (await storage.References.GetAsync(Tenant, Handle(id), Token) is not null) known.Add(id);
        }

        return known;
    }
}
