namespace Sluice.Data.Profiling.Values;

/// <summary>Numbers that carry a check of their own.</summary>
internal static class Checksum
{
    private const int Ten = 10;

    /// <summary>13 to 19 digits, alone or in groups, that begin as cards do and pass the check of Luhn.</summary>
    public static bool IsPaymentCard(string text)
    {
        if (text.Length is < 13 or > 25 || !text.All(character => char.IsAsciiDigit(character) || character is ' ' or '-')) return false;
        var digits = text.Where(char.IsAsciiDigit).Select(character => character - '0').ToArray();
        return digits.Length is >= 13 and <= 19 && digits[0] is >= 2 and <= 6 && IsLuhn(digits);
    }

    /// <summary>Two letters, two digits, and what makes the remainder to 97 one.</summary>
    public static bool IsIban(string text)
    {
        var compact = text.Replace(" ", "", StringComparison.Ordinal);
        if (compact.Length is < 15 or > 34 || !char.IsAsciiLetterUpper(compact[0]) || !char.IsAsciiLetterUpper(compact[1]) || !char.IsAsciiDigit(compact[2]) || !char.IsAsciiDigit(compact[3])) return false;
        var remainder = 0;
        foreach (var character in compact[4..] + compact[..4])
        {
            if (char.IsAsciiDigit(character)) remainder = ((remainder * Ten) + character - '0') % 97;
            else if (char.IsAsciiLetterUpper(character)) remainder = ((remainder * 100) + character - 'A' + Ten) % 97;
            else return false;
        }

        return remainder == 1;
    }

    private static bool IsLuhn(int[] digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] * (1 + (i % 2));
            sum += digit >= Ten ? digit - 9 : digit;
        }

        return sum % Ten == 0 && digits.Distinct().Take(2).Count() == 2;
    }
}
