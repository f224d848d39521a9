using System.Numerics;

namespace Inventory.Data.Generation;

/// <summary>
/// A random stream that gives the same numbers on every machine and runtime: xoshiro256**, seeded through SplitMix64 from a seed
/// and the name of the stream, so that a change in how one table is drawn never moves another.
/// </summary>
internal sealed class SeededRandom
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    public SeededRandom(ulong seed, string stream)
    {
        var state = seed ^ Fnv1A(stream);
        _s0 = SplitMix64(ref state);
        _s1 = SplitMix64(ref state);
        _s2 = SplitMix64(ref state);
        _s3 = SplitMix64(ref state);
    }

    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    public long NextBelow(long limit) => (long)Math.BigMul(NextUInt64(), (ulong)limit, out _);

    public int Next(int from, int below) => from + (int)NextBelow(below - from);

    public bool Chance(int perMille) => NextBelow(1000) < perMille;

    public T Pick<T>(IReadOnlyList<T> items) => items[(int)NextBelow(items.Count)];

    public int[] Permutation(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            var j = (int)NextBelow(i + 1);
            order[i] = order[j];
            order[j] = i;
        }

        return order;
    }

    private static ulong Fnv1A(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
            hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }

    private static ulong SplitMix64(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
