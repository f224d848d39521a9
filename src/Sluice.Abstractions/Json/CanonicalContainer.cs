using System.Buffers;
using System.Text.Json;

namespace Sluice.Json;

/// <summary>An array or an object that is being written.</summary>
internal abstract class CanonicalContainer(byte end)
{
    public byte End => end;

    public abstract JsonElement Current { get; }

    /// <summary>The place of the current value as a segment of a JSON Pointer; empty before the first one.</summary>
    public abstract string CurrentSegment { get; }

    public abstract bool MoveNext();

    public abstract bool TryWriteSeparatorAndName(IBufferWriter<byte> output);
}
