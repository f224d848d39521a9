using System.Runtime.InteropServices;
using System.Text.Json;
using Sluice.Json;

namespace Sluice.JsonSchemas.Evaluating;

/// <summary>The value a schema is applied to: an element, or the name of a property, which is a string without an element.</summary>
internal readonly ref struct Instance
{
    private readonly ReadOnlySpan<byte> _name;
    private readonly bool _isName;

    public Instance(JsonElement element)
    {
        Element = element;
        Kind = element.ValueKind;
    }

    private Instance(ReadOnlySpan<byte> rawName)
    {
        _name = rawName;
        _isName = true;
        Kind = JsonValueKind.String;
    }

    public JsonElement Element { get; }

    public JsonValueKind Kind { get; }

    /// <summary>The raw text between the quotes of a string.</summary>
    public ReadOnlySpan<byte> Text => _isName ? _name : JsonText.RawOf(Element);

    /// <summary>The raw text of a number.</summary>
    public ReadOnlySpan<byte> Number => JsonMarshal.GetRawUtf8Value(Element);

    public static Instance OfName(ReadOnlySpan<byte> rawName) => new(rawName);
}
