using Sluice.Data;
using Xunit;

namespace Sluice.Testing;

/// <summary>A key-value store as a dictionary, and one random operation done to both.</summary>
internal sealed class KeyValueStoreModel(IKeyValueStore store, DataScope[] scopes, CancellationToken cancellationToken)
{
    private static readonly string[] Parts = ["a", "A", "/", ":", "%", "_", "*", "é", "😀", "\uFFFD"];
    private static readonly int[] Lengths = [0, 1, 100, 1023, 1024, 5000, 70_000, 300_000];

    private readonly Dictionary<(DataScope Scope, string Key), byte[]> _values = [];

    public Task StepAsync(Random random, List<string> log)
    {
        var scope = scopes[random.Next(scopes.Length)];
        var key = Text(random, 1);
        return random.Next(10) switch
        {
            < 4 => SetAsync(scope, key, random, log),
            < 6 => RemoveAsync(scope, key, log),
            < 8 => GetAsync(scope, key, log),
            _ => ListAsync(scope, Text(random, 0), log),
        };
    }

    private static string Text(Random random, int fewest) => string.Concat(random.GetItems(Parts, random.Next(fewest, 3)));

    private static byte[] Value(Random random)
    {
        var value = new byte[Lengths[random.Next(Lengths.Length)]];
        if (random.Next(2) == 0) random.NextBytes(value);
        else Array.Fill(value, (byte)random.Next());
        return value;
    }

    private async Task SetAsync(DataScope scope, string key, Random random, List<string> log)
    {
        var value = Value(random);
        log.Add($"set {scope} '{key}' to {value.Length} bytes");
        _values[(scope, key)] = value;
        await store.SetAsync(scope, key, value, cancellationToken);
    }

    private async Task RemoveAsync(DataScope scope, string key, List<string> log)
    {
        log.Add($"remove {scope} '{key}'");
        Assert.Equal(_values.Remove((scope, key)), await store.RemoveAsync(scope, key, cancellationToken));
    }

    private async Task GetAsync(DataScope scope, string key, List<string> log)
    {
        log.Add($"get {scope} '{key}'");
        Assert.Equal(_values.GetValueOrDefault((scope, key)), await store.GetAsync(scope, key, cancellationToken));
    }

    private async Task ListAsync(DataScope scope, string prefix, List<string> log)
    {
        log.Add($"list {scope} '{prefix}'");
        var keys = new List<string>();
        await foreach (var key in store.ListAsync(scope, prefix, cancellationToken)) keys.Add(key);
        Assert.Equal(
            _values.Keys.Where(row => row.Scope == scope && row.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(row => row.Key)
                .Order(CodePointComparer.Instance),
            keys);
    }
}
