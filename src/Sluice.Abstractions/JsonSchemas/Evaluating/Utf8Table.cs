using System.Buffers.Binary;
using System.Text;
using Sluice.Json;

namespace Sluice.JsonSchemas.Evaluating;

/// <summary>Finds the position of a name among a fixed list of names, by raw UTF-8 and without allocating.</summary>
internal sealed class Utf8Table
{
    private readonly byte[][] _names;
    private readonly bool[] _isPlain;
    private readonly int[] _firstInBucket;
    private readonly int[] _nextInBucket;

    public Utf8Table(IEnumerable<byte[]> distinctNames)
    {
        _names = [.. distinctNames];
        // The name a\b is written "a\\b" in JSON, so its bytes must not be compared with raw text.
        _isPlain = [.. _names.Select(name => !JsonText.HasEscapes(name))];
        Names = [.. _names.Select(Encoding.UTF8.GetString)];
        _firstInBucket = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(_names.Length * 2) + 1)];
        _nextInBucket = new int[_names.Length];
        Array.Fill(_firstInBucket, -1);
        for (var i = _names.Length - 1; i >= 0; i--)
        {
            var bucket = BucketOf(_names[i]);
            _nextInBucket[i] = _firstInBucket[bucket];
            _firstInBucket[bucket] = i;
        }
    }

    public IReadOnlyList<string> Names { get; }

    public int Count => _names.Length;

    /// <summary>The position of the name whose raw JSON text is given, or -1. Quick when <paramref name="guess"/> is right.</summary>
    public int IndexOfRaw(ReadOnlySpan<byte> raw, int guess = -1)
    {
        if ((uint)guess < (uint)_names.Length && _isPlain[guess] && raw.SequenceEqual(_names[guess])) return guess;
        return JsonText.HasEscapes(raw) ? IndexOfEscaped(raw) : IndexOf(raw);
    }

    public int IndexOf(ReadOnlySpan<byte> name)
    {
        for (var i = _firstInBucket[BucketOf(name)]; i >= 0; i = _nextInBucket[i])
        {
            if (name.SequenceEqual(_names[i])) return i;
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
        return (int)(hash & (uint)(_firstInBucket.Length - 1));
    }

    private static uint Mix(uint hash, ulong word) => (uint)(((hash ^ word) * 0x9E3779B97F4A7C15) >> 32);
}
