namespace Inventory.Data.Generation;

/// <summary>Splits a total into whole parts in proportion to weights; the parts always add up to the total.</summary>
internal static class Apportionment
{
    public static long[] Split(long total, IReadOnlyList<long> weights)
    {
        Int128 sum = 0;
        foreach (var weight in weights)
            sum += weight;

        var parts = new long[weights.Count];
        Int128 running = 0;
        long given = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            running += weights[i];
            var upTo = (long)(total * running / sum);
            parts[i] = upTo - given;
            given = upTo;
        }

        return parts;
    }
}
