namespace Sluice.Data.Profiling.Values;

/// <summary>How often each value of a sample occurs: exactly up to a number of different ones, and beyond that only how many there are, about.</summary>
internal sealed class ValueCounts
{
    public const int MostExact = 100_000;

    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private HyperLogLog? _estimate;

    /// <summary>Whether every value is counted.</summary>
    public bool IsExact => _estimate is null;

    public long Distinct => _estimate?.Estimate() ?? _counts.Count;

    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>A number that is the same for the same values, in whichever order they were added.</summary>
    public ulong Hash { get; private set; }

    public void Add(string value)
    {
        var hash = StableHash.Of(value);
        Hash += hash;
        if (_estimate is { } estimate)
        {
            estimate.Add(hash);
            if (_counts.TryGetValue(value, out var known)) _counts[value] = known + 1;
            return;
        }

        _counts[value] = _counts.GetValueOrDefault(value) + 1;
        if (_counts.Count <= MostExact) return;
        _estimate = new();
        foreach (var counted in _counts.Keys) _estimate.Add(StableHash.Of(counted));
    }
}
