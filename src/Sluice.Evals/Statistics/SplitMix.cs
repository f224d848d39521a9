namespace Sluice.Evals.Statistics;

/// <summary>
/// SplitMix64 after Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (2014): the same numbers on every machine and
/// version of .NET, which <see cref="Random"/> does not promise.
/// </summary>
internal struct SplitMix(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number from 0 to below the limit; the unevenness is below limit / 2⁶⁴.</summary>
    public int NextBelow(int limit) => (int)Math.BigMul(Next(), (ulong)limit, out _);
}
