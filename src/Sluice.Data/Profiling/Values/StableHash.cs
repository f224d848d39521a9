using System.Text;

namespace Sluice.Data.Profiling.Values;

/// <summary>A hash of 64 bits that is the same in every process: FNV-1a, mixed so that every bit depends on every character.</summary>
internal static class StableHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = Offset;
        foreach (var character in text) hash = (hash ^ character) * Prime;
        return Mix(hash);
    }

    public static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
        return hash ^ (hash >> 33);
    }

    /// <summary>The hash of texts as 16 hex digits, in which none can be mistaken for a part of another.</summary>
    public static string HexOf(IEnumerable<string> texts)
    {
        var all = new StringBuilder();
        foreach (var text in texts) all.Append(text.Length).Append(':').Append(text);
        return Of(all.ToString()).ToString("x16");
    }
}
