namespace Sluice.Json;

/// <summary>
/// A JSON number read exactly from its text: 0.d₁d₂…dₙ × 10^<see cref="Magnitude"/>, without leading or trailing zero digits.
/// Two numbers with the same value have the same parts, however they were written.
/// </summary>
internal readonly ref struct DecimalNumber
{
    // Far beyond any number that means something, and small enough that sums of magnitudes never overflow.
    private const long ExponentLimit = 1L << 60;

    private readonly ReadOnlySpan<byte> _head;
    private readonly ReadOnlySpan<byte> _tail;

    private DecimalNumber(bool isNegative, ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, long magnitude, bool isOutOfRange)
    {
        _head = head;
        _tail = tail;
        IsNegative = isNegative && DigitCount > 0;
        Magnitude = DigitCount > 0 ? magnitude : 0;
        IsOutOfRange = isOutOfRange && DigitCount > 0;
    }

    public bool IsNegative { get; }

    public bool IsZero => DigitCount == 0;

    public int DigitCount => _head.Length + _tail.Length;

    public long Magnitude { get; }

    /// <summary>The written exponent does not fit; it was clamped, so only comparisons with ordinary numbers are exact.</summary>
    public bool IsOutOfRange { get; }

    public bool IsInteger => DigitCount <= Magnitude;

    public int this[int index] => (index < _head.Length ? _head[index] : _tail[index - _head.Length]) - '0';

    /// <summary>Reads a number in JSON syntax; the caller guarantees the syntax.</summary>
    public static DecimalNumber Parse(ReadOnlySpan<byte> number)
    {
        var isNegative = number[0] == '-';
        if (isNegative) number = number[1..];
        var exponentAt = number.IndexOfAny((byte)'e', (byte)'E');
        var isOutOfRange = false;
        var exponent = exponentAt < 0 ? 0 : ParseExponent(number[(exponentAt + 1)..], out isOutOfRange);
        var digits = exponentAt < 0 ? number : number[..exponentAt];
        var pointAt = digits.IndexOf((byte)'.');
        var whole = (pointAt < 0 ? digits : digits[..pointAt]).TrimStart((byte)'0');
        var fraction = pointAt < 0 ? [] : digits[(pointAt + 1)..].TrimEnd((byte)'0');
        if (fraction.IsEmpty) return new(isNegative, whole.TrimEnd((byte)'0'), [], whole.Length + exponent, isOutOfRange);
        if (!whole.IsEmpty) return new(isNegative, whole, fraction, whole.Length + exponent, isOutOfRange);
        var significant = fraction.TrimStart((byte)'0');
        return new(isNegative, [], significant, significant.Length - fraction.Length + exponent, isOutOfRange);
    }

    public static int Compare(DecimalNumber left, DecimalNumber right)
    {
        var leftSign = left.Sign;
        if (leftSign != right.Sign) return leftSign.CompareTo(right.Sign);
        return leftSign * CompareAbsolute(left, right);
    }

    /// <summary>Whether the text is an integer of at most 18 digits, by far the most common number, and its value.</summary>
    public static bool TryReadShortInteger(ReadOnlySpan<byte> number, out long value)
    {
        value = 0;
        var isNegative = number[0] == '-';
        if (number.Length - (isNegative ? 1 : 0) > 18) return false;
        for (var i = isNegative ? 1 : 0; i < number.Length; i++)
        {
            var digit = (uint)(number[i] - '0');
            if (digit > 9) return false;
            value = (value * 10) + digit;
        }
        if (isNegative) value = -value;
        return true;
    }

    public void AddTo(ref HashCode hash)
    {
        hash.Add(IsNegative);
        hash.Add(Magnitude);
        // Digit by digit: where the decimal point stood must not matter.
        for (var i = 0; i < DigitCount; i++) hash.Add(this[i]);
    }

    private int Sign => IsZero ? 0 : IsNegative ? -1 : 1;

    private static int CompareAbsolute(DecimalNumber left, DecimalNumber right)
    {
        if (left.Magnitude != right.Magnitude) return left.Magnitude.CompareTo(right.Magnitude);
        var shared = Math.Min(left.DigitCount, right.DigitCount);
        for (var i = 0; i < shared; i++)
        {
            if (left[i] != right[i]) return left[i] - right[i];
        }
        return left.DigitCount.CompareTo(right.DigitCount);
    }

    private static long ParseExponent(ReadOnlySpan<byte> text, out bool isOutOfRange)
    {
        isOutOfRange = false;
        var isNegative = text[0] == '-';
        if (text[0] is (byte)'-' or (byte)'+') text = text[1..];
        long value = 0;
        foreach (var digit in text)
        {
            value = (value * 10) + (digit - '0');
            if (value < ExponentLimit / 10) continue;
            isOutOfRange = true;
            value = ExponentLimit / 10;
        }
        return isNegative ? -value : value;
    }
}
