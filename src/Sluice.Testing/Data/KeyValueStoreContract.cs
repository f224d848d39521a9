using System.Text;
using Sluice.Data;
using Xunit;

namespace Sluice.Testing;

/// <summary>What every <see cref="IKeyValueStore"/> must do.</summary>
public abstract class KeyValueStoreContract : DataContract
{
    private const string Key = "documents/1";

    /// <summary>Keys that a store might confuse with each other or with its own syntax.</summary>
    private static readonly string[] OddKeys =
    [
        " ", "a", "A", "a ", " a", "a/b", "a:b", "a%", "a_", "ab", "a*", "a?", "a[b]", "a\\", "a'", "a\"", "{a}", "a\n", "a\u007F", "é", "e\u0301", "ß", "ss",
        "ﬀ", "\uFFFD", "\uFFFF", "😀", "İ", "1", "01", "null", "\u200B", "../x", "$a", "key", new string('k', 512), $"{new string('k', 511)}l",
    ];

    /// <summary>Keys that cannot be.</summary>
    private static readonly string[] BadKeys = ["", "a\0b", "a\uD83D", "\uDE00", new('k', 513)];

    /// <summary>Opens the store under test, again and again the same one: what one handle wrote another must see. The test disposes it. Skip the test here when a server it needs is missing.</summary>
    protected abstract ValueTask<IKeyValueStore> CreateAsync();

    /// <summary>A value comes back as it was; a key that is not there is null.</summary>
    [Fact]
    public async Task Set_OfANewKey_IsReadBackWhole()
    {
        await using var store = await CreateAsync();
        byte[] value = [.. Enumerable.Range(0, 256).Select(number => (byte)number)];

        await store.SetAsync(Scope, Key, value, Token);

        Assert.Equal(value, await store.GetAsync(Scope, Key, Token));
        Assert.Null(await store.GetAsync(Scope, "documents/2", Token));
    }

    /// <summary>A value of no bytes is a value.</summary>
    [Fact]
    public async Task Set_OfAnEmptyValue_IsThereAndEmpty()
    {
        await using var store = await CreateAsync();

        await store.SetAsync(Scope, Key, default, Token);

        Assert.Empty(Assert.IsType<byte[]>(await store.GetAsync(Scope, Key, Token)));
        Assert.Equal([Key], await ListAsync(store, Scope, ""));
        Assert.True(await store.RemoveAsync(Scope, Key, Token));
    }

    /// <summary>A key that is there gets the new value whole, be it shorter, longer or empty.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    [InlineData(200_000)]
    public async Task Set_OfAKnownKey_ReplacesTheValueWhole(int length)
    {
        await using var store = await CreateAsync();
        foreach (var before in (int[])[100_000, 10])
        {
            await store.SetAsync(Scope, Key, Noise(before), Token);

            await store.SetAsync(Scope, Key, Noise(length), Token);

            Assert.Equal(Noise(length), await store.GetAsync(Scope, Key, Token));
        }
    }

    /// <summary>The longest value is stored, both ways; one byte more is refused and changes nothing.</summary>
    [Fact]
    public async Task Set_OfTheLongestValue_IsReadBackAndOneByteMoreIsRefused()
    {
        await using var store = await CreateAsync();
        var value = Noise(IKeyValueStore.MaxValueBytes + 1);

        await store.SetAsync(Scope, Key, value.AsMemory(1), Token);
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.SetAsync(Scope, Key, value, Token));

        var stored = await store.GetAsync(Scope, Key, Token);
        Assert.True(value.AsSpan(1).SequenceEqual(stored));
        Assert.True(await store.RemoveAsync(Scope, Key, Token));
    }

    /// <summary>Neither the buffer that was given nor the one that was returned is the store's.</summary>
    [Fact]
    public async Task Value_WhoseBufferIsChanged_StaysInTheStore()
    {
        await using var store = await CreateAsync();
        byte[] value = [1, 2, 3];

        var write = store.SetAsync(Scope, Key, value, Token);
        await write;
        value[0] = 9;
        (await store.GetAsync(Scope, Key, Token))![1] = 9;

        Assert.Equal([1, 2, 3], await store.GetAsync(Scope, Key, Token));
    }

    /// <summary>Keys are compared as they are: case, spaces, wildcards and composed characters count.</summary>
    [Fact]
    public async Task Keys_ThatLookAlike_AreDifferent()
    {
        await using var store = await CreateAsync();
        foreach (var key in OddKeys) await store.SetAsync(Scope, key, Encoding.UTF8.GetBytes(key), Token);

        foreach (var key in OddKeys) Assert.Equal(Encoding.UTF8.GetBytes(key), await store.GetAsync(Scope, key, Token));
        foreach (var key in OddKeys)
        {
            Assert.True(await store.RemoveAsync(Scope, key, Token));
            Assert.Null(await store.GetAsync(Scope, key, Token));
        }
    }

    /// <summary>A key that cannot be is refused everywhere.</summary>
    [Fact]
    public async Task Key_ThatIsNotAllowed_IsRefused()
    {
        await using var store = await CreateAsync();
        foreach (var key in BadKeys)
        {
            await AssertRefusedAsync(store, Scope, key);
            if (key.Length > 0) await Assert.ThrowsAnyAsync<ArgumentException>(async () => await ListAsync(store, Scope, key));
        }

        Assert.Empty(await ListAsync(store, Scope, ""));
    }

    /// <summary>A scope that cannot be is refused everywhere.</summary>
    [Fact]
    public async Task Scope_ThatIsNotAllowed_IsRefused()
    {
        await using var store = await CreateAsync();
        foreach (var scope in BadScopes)
        {
            await AssertRefusedAsync(store, scope, Key);
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await ListAsync(store, scope, ""));
        }
    }

    /// <summary>A removed key is gone, and is removed once.</summary>
    [Fact]
    public async Task Remove_OfAKey_SucceedsOnce()
    {
        await using var store = await CreateAsync();
        await store.SetAsync(Scope, Key, Noise(300_000), Token);

        Assert.True(await store.RemoveAsync(Scope, Key, Token));
        Assert.False(await store.RemoveAsync(Scope, Key, Token));

        Assert.Null(await store.GetAsync(Scope, Key, Token));
        Assert.Empty(await ListAsync(store, Scope, ""));
        await store.SetAsync(Scope, Key, new byte[] { 1 }, Token);
        Assert.Equal([1], await store.GetAsync(Scope, Key, Token));
    }

    /// <summary>Of several who remove one key at once exactly one is told that it was there.</summary>
    [Fact]
    public async Task Remove_OfOneKeyByMany_SucceedsForExactlyOne()
    {
        await using var store = await CreateAsync();
        for (var round = 0; round < Rounds; round++)
        {
            await store.SetAsync(Scope, Key, new byte[1], Token);

            var removed = await RaceAsync(async _ => await store.RemoveAsync(Scope, Key, Token));

            Assert.Single(removed, wasThere => wasThere);
        }
    }

    /// <summary>Of several who write one key at once one wins, and no reader sees a mixture.</summary>
    [Fact]
    public async Task Set_OfOneKeyByMany_LeavesOneOfTheValuesWhole()
    {
        await using var store = await CreateAsync();
        await store.SetAsync(Scope, Key, Uniform(Racers), Token);
        for (var round = 0; round < Rounds; round++)
        {
            var seen = await RaceAsync(async racer =>
            {
                if (racer % 2 == 0) await store.SetAsync(Scope, Key, Uniform(racer), Token);
                return await store.GetAsync(Scope, Key, Token);
            });

            foreach (var value in seen) Assert.Equal(Uniform(value![0]), value);
            Assert.Contains((await store.GetAsync(Scope, Key, Token))![0], Enumerable.Range(0, Racers).Where(racer => racer % 2 == 0).Select(racer => (byte)racer));
        }

        // Long enough to be stored in pieces, and each of another length.
        static byte[] Uniform(int number) => [.. Enumerable.Repeat((byte)number, 1 + (number * 2048))];
    }

    /// <summary>Keys are listed by code point, which is where ordinal order differs, from the prefix on.</summary>
    [Fact]
    public async Task List_OfAll_GivesTheKeysByCodePoint()
    {
        await using var store = await CreateAsync();
        foreach (var key in OddKeys) await store.SetAsync(Scope, key, new byte[1], Token);

        Assert.Equal(OddKeys.Order(CodePointComparer.Instance), await ListAsync(store, Scope, ""));
        foreach (var prefix in OddKeys)
            Assert.Equal(OddKeys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Order(CodePointComparer.Instance), await ListAsync(store, Scope, prefix));
        Assert.Empty(await ListAsync(store, Scope, "nothing begins so"));
    }

    /// <summary>A listing that is longer than a page gives every key once, also when others come and go meanwhile.</summary>
    [Fact]
    public async Task List_WhileKeysComeAndGo_GivesAllOthersOnce()
    {
        await using var store = await CreateAsync();
        string[] keys = [.. Enumerable.Range(0, 2500).Select(number => $"k/{number:D5}")];
        await Task.WhenAll(keys.Select(key => store.SetAsync(Scope, key, new byte[1], Token).AsTask()));
        var listed = new List<string>();

        await foreach (var key in store.ListAsync(Scope, "k/", Token))
        {
            listed.Add(key);
            if (listed.Count % 100 != 1) continue;
            await store.RemoveAsync(Scope, key, Token);
            await store.SetAsync(Scope, $"k/{listed.Count:D5}-new", new byte[1], Token);
        }

        Assert.Equal(keys, listed.Where(key => !key.EndsWith("-new", StringComparison.Ordinal)));
        Assert.Equal(listed.Order(CodePointComparer.Instance), listed);
        Assert.Equal(listed.Distinct(StringComparer.Ordinal), listed);
    }

    /// <summary>A listing stops with its token, and may be left early.</summary>
    [Fact]
    public async Task List_ThatIsCancelledOrLeft_Stops()
    {
        await using var store = await CreateAsync();
        for (var i = 0; i < 3; i++) await store.SetAsync(Scope, $"k/{i}", new byte[1], Token);
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in store.ListAsync(Scope, "", cancellation.Token)) await cancellation.CancelAsync();
        });
        await foreach (var _ in store.ListAsync(Scope, "", Token)) break;

        Assert.Equal(3, (await ListAsync(store, Scope, "")).Count);
    }

    /// <summary>Another tenant or workspace sees and changes nothing and can use the same keys.</summary>
    [Fact]
    public async Task Keys_OfOneScope_AreInvisibleToOthers()
    {
        await using var store = await CreateAsync();
        await store.SetAsync(Scope, Key, new byte[] { 1 }, Token);

        foreach (var other in Neighbours)
        {
            Assert.Null(await store.GetAsync(other, Key, Token));
            Assert.False(await store.RemoveAsync(other, Key, Token));
            Assert.Empty(await ListAsync(store, other, ""));
        }

        foreach (var other in Neighbours) await store.SetAsync(other, Key, new byte[] { 2 }, Token);
        foreach (var other in Neighbours) Assert.True(await store.RemoveAsync(other, Key, Token));
        Assert.Equal([1], await store.GetAsync(Scope, Key, Token));
    }

    /// <summary>A token that is cancelled before stops every call, and nothing is changed.</summary>
    [Fact]
    public async Task Call_WithACancelledToken_ChangesNothing()
    {
        await using var store = await CreateAsync();
        await store.SetAsync(Scope, Key, new byte[] { 1 }, Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.SetAsync(Scope, Key, new byte[] { 2 }, Cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.RemoveAsync(Scope, Key, Cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.GetAsync(Scope, Key, Cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in store.ListAsync(Scope, "", Cancelled)) Assert.Fail("A listing went on.");
        });

        Assert.Equal([1], await store.GetAsync(Scope, Key, Token));
    }

    /// <summary>What one handle wrote another sees at once, and a later one too.</summary>
    [Fact]
    public async Task Write_OnOneHandle_IsSeenByOthers()
    {
        await using var second = await CreateAsync();
        await using (var first = await CreateAsync())
        {
            await first.SetAsync(Scope, Key, new byte[] { 1 }, Token);
            Assert.Equal([1], await second.GetAsync(Scope, Key, Token));
            await second.SetAsync(Scope, Key, new byte[] { 2 }, Token);
            Assert.Equal([2], await first.GetAsync(Scope, Key, Token));
            await first.SetAsync(Scope, "documents/2", Noise(1_000_000), Token);
            Assert.True(await first.RemoveAsync(Scope, Key, Token));
            Assert.Null(await second.GetAsync(Scope, Key, Token));
        }

        await using var third = await CreateAsync();
        Assert.Equal(["documents/2"], await ListAsync(third, Scope, ""));
        Assert.Equal(Noise(1_000_000), await third.GetAsync(Scope, "documents/2", Token));
    }

    /// <summary>Generated operations give what a dictionary would.</summary>
    [Fact]
    public async Task Operations_InAnyOrder_AgreeWithTheModel()
    {
        await using var store = await CreateAsync();

        await SeededOperations.RunAsync(sequence => new KeyValueStoreModel(store, ScopesOf(sequence), Token).StepAsync);
    }

    private static async Task AssertRefusedAsync(IKeyValueStore store, DataScope scope, string key)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.GetAsync(scope, key, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.SetAsync(scope, key, new byte[1], Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.RemoveAsync(scope, key, Token));
    }

    private static async Task<List<string>> ListAsync(IKeyValueStore store, DataScope scope, string prefix)
    {
        var keys = new List<string>();
        await foreach (var key in store.ListAsync(scope, prefix, Token)) keys.Add(key);
        return keys;
    }

    /// <summary>Bytes that do not compress, the same for the same length.</summary>
    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
