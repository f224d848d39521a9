using System.Text;
using SQLitePCL;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>Values of a statement's current row.</summary>
internal static class ColumnValue
{
    private const byte ContinuationMask = 0xC0;
    private const byte Continuation = 0x80;

    /// <summary>The value as SQLite stores it: null, long, double, string or bytes.</summary>
    /// <param name="statement">The statement, which stands on a row.</param>
    /// <param name="column">The column, from 0.</param>
    /// <param name="maxBytes">The most bytes of a text or blob.</param>
    /// <param name="isCut">Whether it was longer.</param>
    public static object? Read(sqlite3_stmt statement, int column, int maxBytes, out bool isCut)
    {
        isCut = false;
        return raw.sqlite3_column_type(statement, column) switch
        {
            raw.SQLITE_NULL => null,
            raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, column),
            raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, column),
            raw.SQLITE_TEXT => Text(statement, column, maxBytes, out isCut),
            _ => Blob(statement, column, maxBytes, out isCut),
        };
    }

    private static string Text(sqlite3_stmt statement, int column, int maxBytes, out bool isCut)
    {
        // Asking for the bytes turns a text of a UTF-16 database into UTF-8; the span is read after that.
        _ = raw.sqlite3_column_bytes(statement, column);
        var bytes = raw.sqlite3_column_blob(statement, column);
        isCut = bytes.Length > maxBytes;
        if (!isCut) return Encoding.UTF8.GetString(bytes);
        var end = maxBytes;
        while (end > 0 && (bytes[end] & ContinuationMask) == Continuation) end--;
        return Encoding.UTF8.GetString(bytes[..end]);
    }

    private static byte[] Blob(sqlite3_stmt statement, int column, int maxBytes, out bool isCut)
    {
        var bytes = raw.sqlite3_column_blob(statement, column);
        isCut = bytes.Length > maxBytes;
        return (isCut ? bytes[..maxBytes] : bytes).ToArray();
    }
}
