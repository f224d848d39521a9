namespace Sluice.CrashTests.Matrix;

/// <summary>What the matrix did and found. Thread-safe.</summary>
internal sealed class MatrixTally(string store, int seed)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _boundaries = [];
    private int _kills;
    private int _randomKills;
    private int _lives;
    private int _resumed;
    private int _effects;
    private int _doubts;
    private int _lost;
    private int _repeated;

    public int Kills
    {
        get
        {
            lock (_lock) return _kills + _randomKills;
        }
    }

    public int RandomKills
    {
        get
        {
            lock (_lock) return _randomKills;
        }
    }

    public int Lost
    {
        get
        {
            lock (_lock) return _lost;
        }
    }

    public int Repeated
    {
        get
        {
            lock (_lock) return _repeated;
        }
    }

    public void KillAt(string boundary)
    {
        lock (_lock)
        {
            _kills++;
            _boundaries.Add(boundary);
        }
    }

    public void KillAtRandom()
    {
        lock (_lock) _randomKills++;
    }

    public void Resume()
    {
        lock (_lock) _resumed++;
    }

    /// <summary>Counts what one life left in the ledger.</summary>
    public void End(JobOutcome outcome, JobOutcome undisturbed)
    {
        var counts = outcome.Effects.CountBy(effect => effect).ToDictionary();
        lock (_lock)
        {
            _lives++;
            _doubts += outcome.Doubts.Count;
            _lost += undisturbed.Effects.Count(effect => !counts.ContainsKey(effect));
            _effects += counts.Count(pair => pair.Value == 1);
            _repeated += counts.Count(pair => pair.Value > 1 || !undisturbed.Effects.Contains(pair.Key));
        }
    }

    public override string ToString()
    {
        lock (_lock)
        {
            return $"crash matrix, {store}: {_kills} kills at {_boundaries.Count} boundaries + {_randomKills} at random (seed {seed}) in {_lives} runs, "
                + $"{_resumed} resumed, {_effects} effects exactly once, {_doubts} in doubt and answered, {_lost} lost, {_repeated} repeated";
        }
    }
}
