using System.Buffers.Binary;
using System.Text;
using Sluice.Journal;

namespace Sluice.Runtime.Memory;

/// <summary>A journal entry as one array: a third of the memory of the record, and nothing shared with whoever appended it.</summary>
internal static class PackedEntry
{
    private const int FixedLength = 1 + (2 * sizeof(long)) + (4 * sizeof(int));

    public static byte[] Pack(JournalEntry entry)
    {
        var key = Encoding.UTF8.GetByteCount(entry.Key);
        var agent = entry.Agent is null ? 0 : Encoding.UTF8.GetByteCount(entry.Agent);
        var packed = new byte[FixedLength + key + agent + entry.PreviousHash.Length + entry.Hash.Length + entry.Data.Length];

        packed[0] = (byte)entry.Kind;
        BinaryPrimitives.WriteInt64LittleEndian(packed.AsSpan(1), entry.At.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(packed.AsSpan(9), entry.EventSequence);
        var rest = packed.AsSpan(17);
        rest = Put(rest, Encoding.UTF8.GetBytes(entry.Key, rest[sizeof(int)..]));
        rest = entry.Agent is null ? Put(rest, -1) : Put(rest, Encoding.UTF8.GetBytes(entry.Agent, rest[sizeof(int)..]));
        rest = Put(rest, entry.PreviousHash.Span);
        rest = Put(rest, entry.Hash.Span);
        entry.Data.Span.CopyTo(rest);
        return packed;
    }

    public static JournalEntry Unpack(byte[] packed, string runId, long sequence)
    {
        var rest = packed.AsMemory(17);
        var key = Take(ref rest);
        var agent = Take(ref rest);
        return new()
        {
            RunId = runId,
            Sequence = sequence,
            Kind = (JournalEntryKind)packed[0],
            Key = Encoding.UTF8.GetString(key!.Value.Span),
            Agent = agent is { } name ? Encoding.UTF8.GetString(name.Span) : null,
            At = new(BinaryPrimitives.ReadInt64LittleEndian(packed.AsSpan(1)), TimeSpan.Zero),
            EventSequence = BinaryPrimitives.ReadInt64LittleEndian(packed.AsSpan(9)),
            PreviousHash = Take(ref rest)!.Value,
            Hash = Take(ref rest)!.Value,
            Data = rest,
        };
    }

    private static Span<byte> Put(Span<byte> target, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(target[sizeof(int)..]);
        return Put(target, bytes.Length);
    }

    /// <summary>Writes the length of what stands behind it already; -1 for null.</summary>
    private static Span<byte> Put(Span<byte> target, int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, length);
        return target[(sizeof(int) + Math.Max(length, 0))..];
    }

    private static ReadOnlyMemory<byte>? Take(ref Memory<byte> rest)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest.Span);
        var taken = length < 0 ? (ReadOnlyMemory<byte>?)null : rest.Slice(sizeof(int), length);
        rest = rest[(sizeof(int) + Math.Max(length, 0))..];
        return taken;
    }
}
