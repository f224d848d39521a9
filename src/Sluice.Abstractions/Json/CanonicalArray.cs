using System.Buffers;
using System.Text.Json;

namespace Sluice.Json;

internal sealed class CanonicalArray(JsonElement array) : CanonicalContainer((byte)']')
{
    private JsonElement.ArrayEnumerator _items = array.EnumerateArray();
    private int _index = -1;

    public override JsonElement Current => _items.Current;

    public override string CurrentSegment => _index < 0 ? "" : $"/{_index}";

    public override bool MoveNext()
    {
        _index++;
        return _items.MoveNext();
    }

    public override bool TryWriteSeparatorAndName(IBufferWriter<byte> output)
    {
        if (_index > 0) output.Write(","u8);
        return true;
    }
}
