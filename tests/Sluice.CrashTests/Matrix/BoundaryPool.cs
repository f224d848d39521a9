using Sluice.CrashTests.Kills;

namespace Sluice.CrashTests.Matrix;

/// <summary>The boundaries of the undisturbed run, in order, and those at which nobody was killed yet. Thread-safe.</summary>
internal sealed class BoundaryPool(IReadOnlyList<string> boundaries, Random random)
{
    private const int MostTries = 5;

    // How many boundaries a process may get past before it dies, so that a life has both quick successions of kills and quiet stretches.
    private const int LongestStretch = 12;

    private readonly Lock _lock = new();
    private readonly SortedSet<int> _open = [.. Enumerable.Range(0, boundaries.Count)];
    private readonly int[] _misses = new int[boundaries.Count];

    public string this[int position] => boundaries[position];

    /// <summary>The boundaries that no process came to, however often it was tried.</summary>
    public IReadOnlyList<string> Unreached
    {
        get
        {
            lock (_lock) return [.. _misses.Index().Where(pair => pair.Item >= MostTries).Select(pair => boundaries[pair.Index])];
        }
    }

    /// <summary>Where a new life is to end first; null when there is nothing left.</summary>
    public int? TakeFirst()
    {
        lock (_lock)
        {
            if (_open.Count == 0) return null;
            // What is known by a number is only met in a new life.
            var candidates = _open.Where(position => !KillSwitch.IsLasting(boundaries[position])).ToList();
            return Take_NeedsLock(candidates.Count > 0 ? candidates[random.Next(candidates.Count)] : _open.Min);
        }
    }

    /// <summary>Where the next process of a life is to end; null when it may go to the end.</summary>
    public int? TakeAfter(int position)
    {
        lock (_lock)
        {
            var candidates = _open.Where(next => next > position && KillSwitch.IsLasting(boundaries[next])).Take(LongestStretch).ToList();
            return candidates.Count == 0 ? null : Take_NeedsLock(candidates[random.Next(Math.Min(candidates.Count, 1 + random.Next(LongestStretch)))]);
        }
    }

    /// <summary>Puts a boundary back that a process did not come to.</summary>
    public void Miss(int position)
    {
        lock (_lock)
        {
            if (++_misses[position] < MostTries) _open.Add(position);
        }
    }

    private int Take_NeedsLock(int position)
    {
        _open.Remove(position);
        return position;
    }
}
