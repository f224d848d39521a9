namespace Sluice.Data;

/// <summary>Bodies of documents and knowledge, by key. Contract suite: <c>KeyValueStoreContract</c> in Sluice.Testing.</summary>
/// <remarks>
/// <para>A completed write is seen by every later read, here and in other processes on the same store. Writing a key replaces its value whole; of
/// writers of one key at the same time one wins, and no reader sees a mixture. Calls may run at once.</para>
/// <para>Keys are 1 to 512 characters of Unicode without NUL and are compared ordinally: case, spaces and composed characters count. Values may be
/// empty, and are at most <see cref="MaxValueBytes"/> long. What is given is copied in; what is returned is the caller's.</para>
/// <para>What is not allowed, a blank scope too, is an <see cref="ArgumentException"/> (<see cref="DataArguments"/>). A token that is cancelled
/// before stops a call before it changes anything.</para>
/// </remarks>
public interface IKeyValueStore : IAsyncDisposable
{
    /// <summary>The most bytes of one value: 64 MiB.</summary>
    const int MaxValueBytes = 64 * 1024 * 1024;

    /// <summary>The value of a key; null when there is none.</summary>
    /// <exception cref="ArgumentException">The key is not of the allowed form.</exception>
    ValueTask<byte[]?> GetAsync(DataScope scope, string key, CancellationToken cancellationToken);

    /// <summary>Writes a value.</summary>
    /// <exception cref="ArgumentException">The key or the value is not of the allowed form or size.</exception>
    ValueTask SetAsync(DataScope scope, string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken);

    /// <summary>Removes a key. Of several who remove one at the same time exactly one is told that it was there.</summary>
    /// <returns>False when it was not there.</returns>
    /// <exception cref="ArgumentException">The key is not of the allowed form.</exception>
    ValueTask<bool> RemoveAsync(DataScope scope, string key, CancellationToken cancellationToken);

    /// <summary>
    /// The keys that begin with a text, each once, by code point (<see cref="CodePointComparer"/>). Keys that are written or removed meanwhile may be
    /// among them or not; all others are. The store may be written to while the listing goes on.
    /// </summary>
    /// <param name="scope">Whose.</param>
    /// <param name="prefix">How they begin, compared ordinally and without wildcards; empty: all.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <exception cref="ArgumentException">The prefix could begin no key; thrown when the listing is read, at the latest.</exception>
    IAsyncEnumerable<string> ListAsync(DataScope scope, string prefix, CancellationToken cancellationToken);
}
