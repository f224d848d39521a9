using System.Buffers.Binary;
using System.Text;
using Sluice.Json;

namespace Sluice.JsonSchemas.Evaluating;

/// <summary>Finds the position of a name among a fixed list of names, by raw UTF-8 and without allocating.</summary>
internal sealed class Utf8Table
{
    private readonly byte[][] names;
    private readonly bool[] isPlain;
    private readonly int[] firstInBucket;
    private readonly int[] nextInBucket;

    public Utf8Table(IEnumerable<byte[]> distinctNames)
    {
        names = [.. distinctNames];
        // The name a\b is written "a\\b" in JSON, so its bytes must not be compared with raw text.
        isPlain = [.. names.Select(name => !JsonText.HasEscapes(name))];
        Names = [.. names.Select(Encoding.UTF8.GetString)];
        firstInBucket = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(names.Length * 2) + 1)];
        nextInBucket = new int[names.Length];
        Array.Fill(firstInBucket, -1);
        for (var i = names.Length - 1; i >= 0; i--)
        {
            var bucket = BucketOf(names[i]);
            nextInBucket[i] = firstInBucket[bucket];
            firstInBucket[bucket] = i;
        }
    }

    public IReadOnlyList<string> Names { get; }

    public int Count => names.Length;

    /// <summary>The position of the name whose raw JSON text is given, or -1. Quick when <paramref name="guess"/> is right.</summary>
    public int IndexOfRaw(ReadOnlySpan<byte> raw, int guess = -1)
    {
        if ((uint)guess < (uint)names.Length && isPlain[guess] && raw.SequenceEqual(names[guess])) return guess;
        return JsonText.HasEscapes(raw) ? IndexOfEscaped(raw) : IndexOf(raw);
    }

    public int IndexOf(ReadOnlySpan<byte> name)
    {
        for (var i = firstInBucket[BucketOf(name)]; i >= 0; i = nextInBucket[i])
        {
            if (name.SequenceEqual(names[i])) return i;
        }
        return -1;
    }

    public int IndexOf(string name) => IndexOf(Encoding.UTF8.GetBytes(name));

    private int IndexOfEscaped(ReadOnlySpan<byte> raw)
    {
        using var text = new UnescapedText(raw);
        return IndexOf(text.Utf8);
    }

    private int BucketOf(ReadOnlySpan<byte> name)
    {
        var hash = (uint)name.Length;
        if (name.Length >= sizeof(ulong))
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(name));
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(name[^sizeof(ulong)..]));
        }
        else
        {
            foreach (var unit in name) hash = (hash * 31) + unit;
            hash = Mix(hash, hash);
        }
        return (int)(hash & (uint)(firstInBucket.Length - 1));
    }

    private static uint Mix(uint hash, ulong word) => (uint)(((hash ^ word) * 0x9E3779B97F4A7C15) >> 32);
}
