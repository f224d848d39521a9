using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sluice.Json;

/// <summary>
/// Writes a value in canonical form one token at a time, on a stack of its own, so that a caller can pause and depth costs no call stack.
/// </summary>
internal sealed class CanonicalCursor(JsonElement root)
{
    private readonly Stack<CanonicalContainer> _open = new();
    private bool _isStarted;

    /// <summary>Writes the next token, a value or a bracket with what stands before it; false after the last one.</summary>
    public bool WriteNext(IBufferWriter<byte> output)
    {
        if (!_isStarted)
        {
            _isStarted = true;
            WriteValue(root, output);
            return true;
        }
        if (!_open.TryPeek(out var container)) return false;
        if (container.MoveNext())
        {
            if (!container.TryWriteSeparatorAndName(output)) throw Error("the property name is not valid Unicode");
            WriteValue(container.Current, output);
        }
        else
        {
            output.Write([container.End]);
            _open.Pop();
        }
        return true;
    }

    private void WriteValue(JsonElement value, IBufferWriter<byte> output)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new CanonicalObject(value);
                Enter(members, output, (byte)'{');
                if (members.RepeatedName is { } name) throw Error($"the property \"{name}\" is there more than once");
                break;
            case JsonValueKind.Array:
                Enter(new CanonicalArray(value), output, (byte)'[');
                break;
            case JsonValueKind.String:
                if (!CanonicalText.TryWrite(JsonText.RawOf(value), output)) throw Error("the text is not valid Unicode");
                break;
            case JsonValueKind.Number:
                if (!CanonicalNumber.TryWrite(JsonMarshal.GetRawUtf8Value(value), output))
                {
                    throw Error("the number's exponent is out of range");
                }
                break;
            case JsonValueKind.Undefined:
                throw new ArgumentException("The element holds no value.", nameof(value));
            default:
                output.Write(JsonMarshal.GetRawUtf8Value(value));
                break;
        }
    }

    private void Enter(CanonicalContainer container, IBufferWriter<byte> output, byte start)
    {
        if (_open.Count == CanonicalJson.MaxDepth) throw Error($"the value is nested more than {CanonicalJson.MaxDepth} levels deep");
        output.Write([start]);
        _open.Push(container);
    }

    private JsonException Error(string reason)
    {
        var path = string.Concat(_open.Reverse().Select(container => container.CurrentSegment));
        return new JsonException($"There is no canonical form: {reason}, at {(path.Length == 0 ? "(root)" : path)}.", path, null, null);
    }
}
