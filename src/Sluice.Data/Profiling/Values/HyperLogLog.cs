using System.Numerics;

namespace Sluice.Data.Profiling.Values;

/// <summary>Counts different values in 4 KiB, with an error of about 1.6 %: 4096 registers keep the longest run of zeros of hashes that fall to them.</summary>
internal sealed class HyperLogLog
{
    private const int IndexBits = 12;
    private const int Registers = 1 << IndexBits;
    private const double Alpha = 0.7213 / (1 + (1.079 / Registers));

    private readonly byte[] _registers = new byte[Registers];

    public void Add(ulong hash)
    {
        var register = (int)(hash >> (64 - IndexBits));
        // A bit behind the hash ends the run where all the others are zero.
        var rank = (byte)(BitOperations.LeadingZeroCount((hash << IndexBits) | (1UL << (IndexBits - 1))) + 1);
        if (rank > _registers[register]) _registers[register] = rank;
    }

    /// <summary>How many different hashes were added, about.</summary>
    public long Estimate()
    {
        var (sum, zeros) = (0.0, 0);
        foreach (var rank in _registers)
        {
            sum += Math.ScaleB(1, -rank);
            if (rank == 0) zeros++;
        }

        var raw = Alpha * Registers * Registers / sum;
        // Registers that nothing fell to tell small numbers better.
        return (long)Math.Round(raw <= 2.5 * Registers && zeros > 0 ? Registers * Math.Log(Registers / (double)zeros) : raw);
    }
}
