using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Journal;

/// <summary>The hash chain of a run's journal: an edited, dropped or reordered entry breaks it.</summary>
/// <remarks>
/// SHA-256 over, in this order: the previous hash; sequence, time (milliseconds since 1970) and event sequence as big-endian 64-bit
/// integers; the kind as a big-endian 32-bit integer; then run id, key, agent and data, each as a big-endian 32-bit length (-1 for null)
/// and its UTF-8 bytes.
/// </remarks>
public static class JournalHash
{
    /// <summary>The size of a hash, in bytes.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    /// <summary>Three 64-bit integers, the kind, and the lengths of run id, key, agent and data.</summary>
    private const int FixedLength = (3 * sizeof(long)) + (5 * sizeof(int));

    /// <summary>What stands before the first entry.</summary>
    public static ReadOnlyMemory<byte> Origin { get; } = new byte[Size];

    /// <summary>The hash that an entry must have.</summary>
    /// <exception cref="ArgumentException">The previous hash is not <see cref="Size"/> bytes.</exception>
    public static byte[] Compute(JournalEntry entry)
    {
        var hash = new byte[Size];
        Compute(entry, hash);
        return hash;
    }

    /// <summary>Writes the hash that an entry must have. It does not depend on the one the entry has.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="hash">Where to write; at least <see cref="Size"/> bytes.</param>
    /// <exception cref="ArgumentException">The previous hash is not <see cref="Size"/> bytes, or there is no room for the hash.</exception>
    public static void Compute(JournalEntry entry, Span<byte> hash)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.PreviousHash.Length != Size)
            throw new ArgumentException($"A previous hash has {Size} bytes; this one has {entry.PreviousHash.Length}.", nameof(entry));
        ComputeChecked(entry, hash);
    }

    /// <summary>The sequence of the first entry whose place, link or hash is wrong; null when the chain holds.</summary>
    /// <param name="entries">All entries of one run, in order.</param>
    /// <param name="lastSequence">
    /// The sequence of the run's last entry, as its row names it: the chain alone cannot tell that its end was cut off. Null: not checked.
    /// </param>
    public static long? FindBreak(IEnumerable<JournalEntry> entries, long? lastSequence = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var previous = Origin;
        Span<byte> hash = stackalloc byte[Size];
        long expected = 1;
        foreach (var entry in entries)
        {
            if (entry.Sequence != expected || !entry.PreviousHash.Span.SequenceEqual(previous.Span)) return expected;
            ComputeChecked(entry, hash);
            if (!entry.Hash.Span.SequenceEqual(hash)) return expected;
            previous = entry.Hash;
            expected++;
        }

        return lastSequence is { } last && last != expected - 1 ? Math.Min(expected, last + 1) : null;
    }

    private static void ComputeChecked(JournalEntry entry, Span<byte> hash)
    {
        var capacity = Size + FixedLength + (3 * (entry.RunId.Length + entry.Key.Length + (entry.Agent?.Length ?? 0))) + entry.Data.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(capacity);
        entry.PreviousHash.Span.CopyTo(buffer);
        BinaryPrimitives.WriteInt64BigEndian(buffer.AsSpan(Size), entry.Sequence);
        BinaryPrimitives.WriteInt64BigEndian(buffer.AsSpan(Size + 8), entry.At.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64BigEndian(buffer.AsSpan(Size + 16), entry.EventSequence);
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(Size + 24), (int)entry.Kind);
        var length = Size + 28;
        length += WriteText(buffer.AsSpan(length), entry.RunId);
        length += WriteText(buffer.AsSpan(length), entry.Key);
        length += WriteText(buffer.AsSpan(length), entry.Agent);
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(length), entry.Data.Length);
        entry.Data.Span.CopyTo(buffer.AsSpan(length + 4));
        SHA256.HashData(buffer.AsSpan(0, length + 4 + entry.Data.Length), hash);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static int WriteText(Span<byte> target, string? text)
    {
        if (text is null)
        {
            BinaryPrimitives.WriteInt32BigEndian(target, -1);
            return 4;
        }

        var written = Encoding.UTF8.GetBytes(text, target[4..]);
        BinaryPrimitives.WriteInt32BigEndian(target, written);
        return 4 + written;
    }
}
