using System.Text;

namespace Sluice.Runtime.Loop;

/// <summary>Makes pieces of streamed text whole: a character that is cut in two goes out with its second half, and a half that stays alone becomes U+FFFD, as in JSON.</summary>
internal struct TextPieces
{
    private char _half;

    /// <summary>The text with U+FFFD in the place of half characters.</summary>
    public static string Whole(string text) =>
        text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;

    /// <summary>What can go out now that a piece has arrived; possibly nothing.</summary>
    public string Take(string piece)
    {
        if (piece.Length == 0 || (_half == default && !piece.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))) return piece;
        var text = _half == default ? piece : _half + piece;
        _half = char.IsHighSurrogate(text[^1]) ? text[^1] : default;
        return Whole(_half == default ? text : text[..^1]);
    }

    /// <summary>What is left when no piece follows.</summary>
    public string End()
    {
        if (_half == default) return "";
        _half = default;
        return "\uFFFD";
    }
}
