using System.Buffers;
using System.Text.Json;

namespace Sluice.Json;

internal sealed class CanonicalArray(JsonElement array) : CanonicalContainer((byte)']')
{
    private JsonElement.ArrayEnumerator items = array.EnumerateArray();
    private int index = -1;

    public override JsonElement Current => items.Current;

    public override string CurrentSegment => index < 0 ? "" : $"/{index}";

    public override bool MoveNext()
    {
        index++;
        return items.MoveNext();
    }

    public override bool TryWriteSeparatorAndName(IBufferWriter<byte> output)
    {
        if (index > 0) output.Write(","u8);
        return true;
    }
}
