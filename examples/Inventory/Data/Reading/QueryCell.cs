using System.Globalization;
using SQLitePCL;

namespace Inventory.Data.Reading;

/// <summary>Reads one cell into a value that JSON can carry, and counts its bytes.</summary>
internal static class QueryCell
{
    private const int MaxCharacters = 2_000;

    public static object? Read(sqlite3_stmt statement, int column, ref long bytes)
    {
        bytes += 8;
        switch (raw.sqlite3_column_type(statement, column))
        {
            case raw.SQLITE_NULL:
                return null;
            case raw.SQLITE_INTEGER:
                return raw.sqlite3_column_int64(statement, column);
            case raw.SQLITE_FLOAT:
                var number = raw.sqlite3_column_double(statement, column);
                return double.IsFinite(number) ? number : number.ToString(CultureInfo.InvariantCulture);
            case raw.SQLITE_BLOB:
                return string.Create(CultureInfo.InvariantCulture, $"<{raw.sqlite3_column_bytes(statement, column)} bytes>");
            default:
                var text = Cut(raw.sqlite3_column_text(statement, column).utf8_to_string());
                bytes += text.Length;
                return text;
        }
    }

    private static string Cut(string text)
    {
        if (text.Length <= MaxCharacters)
            return text;
        var end = char.IsHighSurrogate(text[MaxCharacters - 1]) ? MaxCharacters - 1 : MaxCharacters;
        return text[..end] + "…";
    }
}
