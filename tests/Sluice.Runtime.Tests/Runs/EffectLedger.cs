namespace Sluice.Runtime.Tests.Runs;

/// <summary>What happened, and how often, by idempotency key. It outlives the process that did it.</summary>
internal sealed class EffectLedger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = [];

    public IReadOnlyList<string> Keys
    {
        get
        {
            lock (_lock) return [.. _counts.Keys];
        }
    }

    public int CountOf(string key)
    {
        lock (_lock) return _counts.GetValueOrDefault(key);
    }

    public void Note(string key)
    {
        lock (_lock) _counts[key] = _counts.GetValueOrDefault(key) + 1;
    }
}
