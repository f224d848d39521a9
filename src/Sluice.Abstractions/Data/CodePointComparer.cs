namespace Sluice.Data;

/// <summary>Orders texts by code point, as databases order their UTF-8 bytes. Ordinal order differs from it beyond the characters of 16 bits.</summary>
public sealed class CodePointComparer : IComparer<string>
{
    private const char FirstSurrogate = '\uD800';
    private const char FirstAfterSurrogates = '\uE000';
    private const int Surrogates = FirstAfterSurrogates - FirstSurrogate;

    private CodePointComparer()
    {
    }

    /// <summary>The comparer.</summary>
    public static CodePointComparer Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null) return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        var same = x.AsSpan().CommonPrefixLength(y);
        return same == x.Length || same == y.Length ? x.Length - y.Length : Rank(x[same]) - Rank(y[same]);
    }

    /// <summary>A half of a pair stands for a character above all that are written as one.</summary>
    private static int Rank(char character) => character switch
    {
        < FirstSurrogate => character,
        < FirstAfterSurrogates => character + char.MaxValue,
        _ => character - Surrogates,
    };
}
