using Sluice.Data;

namespace Sluice.Postgres.TargetDatabase;

/// <summary>Refuses texts that the driver or the server would read as something else.</summary>
internal static class QueryText
{
    /// <summary>Looks at every character.</summary>
    /// <exception cref="QueryException">It holds NUL or half a character.</exception>
    public static void Check(string text, string what)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new QueryException(ErrorCodes.QueryRefused, "nul", $"{what} holds the character NUL, at which a text would end. Leave it out.");
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                throw new QueryException(ErrorCodes.QueryRefused, "encoding", $"{what} holds half a character of UTF-16.");
            i++;
        }
    }
}
