using System.Runtime.CompilerServices;

namespace Sluice.Data.KeyValue;

/// <summary>A key-value store in this process's memory, gone with it. For tests and first steps.</summary>
/// <remarks>One lock guards the keys of all scopes. Values are copied in and out.</remarks>
public sealed class MemoryKeyValueStore : IKeyValueStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<DataScope, SortedDictionary<string, byte[]>> _scopes = [];

    /// <inheritdoc/>
    public ValueTask<byte[]?> GetAsync(DataScope scope, string key, CancellationToken cancellationToken)
    {
        Check(scope, key);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<byte[]?>(cancellationToken);
        byte[]? value;
        lock (_lock) value = _scopes.GetValueOrDefault(scope)?.GetValueOrDefault(key);
        return new(value?.ToArray());
    }

    /// <inheritdoc/>
    public ValueTask SetAsync(DataScope scope, string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        Check(scope, key);
        DataArguments.CheckValue(value);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);
        var copy = value.ToArray();
        lock (_lock)
        {
            if (!_scopes.TryGetValue(scope, out var values)) _scopes[scope] = values = new(CodePointComparer.Instance);
            values[key] = copy;
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<bool> RemoveAsync(DataScope scope, string key, CancellationToken cancellationToken)
    {
        Check(scope, key);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<bool>(cancellationToken);
        lock (_lock) return new(_scopes.TryGetValue(scope, out var values) && values.Remove(key));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListAsync(DataScope scope, string prefix, CancellationToken cancellationToken)
    {
        DataArguments.CheckScope(scope);
        DataArguments.CheckPrefix(prefix);
        return IterateAsync(scope, prefix, cancellationToken);
    }

    /// <summary>Frees nothing: the store is gone with its last reference.</summary>
    public ValueTask DisposeAsync() => default;

    private static void Check(DataScope scope, string key)
    {
        DataArguments.CheckScope(scope);
        DataArguments.CheckKey(key);
    }

    private async IAsyncEnumerable<string> IterateAsync(DataScope scope, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var key in KeysOf(scope, prefix))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return key;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    private string[] KeysOf(DataScope scope, string prefix)
    {
        lock (_lock)
        {
            return _scopes.TryGetValue(scope, out var values)
                ? [.. values.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))]
                : [];
        }
    }
}
