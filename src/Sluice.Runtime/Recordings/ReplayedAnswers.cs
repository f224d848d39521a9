namespace Sluice.Runtime.Recordings;

/// <summary>The answers of a cassette by key. Those of one key are given in the order in which they were recorded, and then again from the first.</summary>
internal sealed class ReplayedAnswers
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<RecordedAnswer>> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _given = new(StringComparer.Ordinal);

    public ReplayedAnswers(Cassette cassette)
    {
        Cassette = cassette;
        foreach (var answer in cassette.Answers)
        {
            if (!_byKey.TryGetValue(answer.Key, out var same)) _byKey[answer.Key] = same = [];
            same.Add(answer);
        }
    }

    public Cassette Cassette { get; }

    /// <summary>The next answer to a request; null when none was recorded.</summary>
    public RecordedAnswer? Next(string key)
    {
        if (!_byKey.TryGetValue(key, out var same)) return null;
        lock (_gate)
        {
            var given = _given.GetValueOrDefault(key);
            _given[key] = given + 1;
            return same[given % same.Count];
        }
    }
}
