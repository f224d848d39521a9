namespace Sluice.Data;

/// <summary>Bodies of documents and knowledge, by key. Contract suite: <c>KeyValueStoreContract</c> in Sluice.Testing.</summary>
/// <remarks>
/// <para>A completed write is seen by every later read, here and in other processes on the same store. Writing a key replaces its value whole; of
/// writers of one key at the same time one wins, and no reader sees a mixture.</para>
/// <para>Keys are 1 to 512 characters of Unicode without NUL and are compared ordinally. Values may be empty, and are at most
/// <see cref="MaxValueBytes"/> long. What is given is copied in; what is returned is the caller's.</para>
/// </remarks>
public interface IKeyValueStore : IAsyncDisposable
{
    /// <summary>The most bytes of one value: 64 MiB.</summary>
    const int MaxValueBytes = 64 * 1024 * 1024;

    /// <summary>The value of a key; null when there is none.</summary>
    ValueTask<byte[]?> GetAsync(DataScope scope, string key, CancellationToken cancellationToken);

    /// <summary>Writes a value.</summary>
    /// <exception cref="ArgumentException">The key or the value is not of the allowed size.</exception>
    ValueTask SetAsync(DataScope scope, string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken);

    /// <summary>Removes a key.</summary>
    /// <returns>False when it was not there.</returns>
    ValueTask<bool> RemoveAsync(DataScope scope, string key, CancellationToken cancellationToken);

    /// <summary>The keys that begin with a text, in ordinal order. Keys that are written or removed meanwhile may be among them or not.</summary>
    /// <param name="scope">Whose.</param>
    /// <param name="prefix">How they begin; empty: all.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    IAsyncEnumerable<string> ListAsync(DataScope scope, string prefix, CancellationToken cancellationToken);
}
