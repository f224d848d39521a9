using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sluice.Json;

/// <summary>An object that is being written, with its members in canonical order.</summary>
internal sealed class CanonicalObject : CanonicalContainer
{
    private readonly Member[] _members;
    private int _index = -1;

    public CanonicalObject(JsonElement value)
        : base((byte)'}')
    {
        _members = new Member[value.GetPropertyCount()];
        var count = 0;
        foreach (var property in value.EnumerateObject()) _members[count++] = new Member(property);
        Array.Sort(_members, static (left, right) => CompareNames(left.Name, right.Name));
    }

    /// <summary>A name that occurs twice, if one does.</summary>
    public string? RepeatedName
    {
        get
        {
            for (var i = 1; i < _members.Length; i++)
            {
                if (_members[i].Name.SequenceEqual(_members[i - 1].Name)) return JsonNames.Of(_members[i].Property);
            }
            return null;
        }
    }

    public override JsonElement Current => _members[_index].Property.Value;

    public override string CurrentSegment =>
        _index < 0 || _index >= _members.Length ? "" : JsonPointer.Segment(JsonNames.Of(_members[_index].Property));

    public override bool MoveNext() => ++_index < _members.Length;

    public override bool TryWriteSeparatorAndName(IBufferWriter<byte> output)
    {
        if (_index > 0) output.Write(","u8);
        if (!CanonicalText.TryWrite(JsonMarshal.GetRawUtf8PropertyName(_members[_index].Property), output)) return false;
        output.Write(":"u8);
        return true;
    }

    /// <summary>Compares UTF-8 by the order of UTF-16, where code points above U+FFFF come before U+E000.</summary>
    private static int CompareNames(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var shared = left.CommonPrefixLength(right);
        if (shared == left.Length || shared == right.Length) return left.Length - right.Length;
        var (first, second) = (left[shared], right[shared]);
        var isFirstAstral = first >= 0xF0;
        if (isFirstAstral == second >= 0xF0) return first - second;
        var other = isFirstAstral ? second : first;
        var order = other >= 0xEE ? 1 : -1;
        return isFirstAstral ? -order : order;
    }

    private readonly struct Member(JsonProperty property)
    {
        private readonly byte[]? _unescaped = UnescapeName(property);

        public JsonProperty Property => property;

        public ReadOnlySpan<byte> Name => _unescaped ?? JsonMarshal.GetRawUtf8PropertyName(property);

        private static byte[]? UnescapeName(JsonProperty property)
        {
            var raw = JsonMarshal.GetRawUtf8PropertyName(property);
            return JsonText.HasEscapes(raw) ? JsonText.ToUtf8(raw) : null;
        }
    }
}
