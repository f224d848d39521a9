using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Data.Catalog;

/// <summary>The ids of entries that are made here. The same thing has the same id each time; no two things share one.</summary>
internal static class EntryIds
{
    private const int MostDatabaseCharacters = 64;
    private const int HashDigits = 32;

    private static readonly SearchValues<char> Separators = SearchValues.Create(".:\"#=");
    private static readonly SearchValues<char> ListSeparators = SearchValues.Create(",()");

    /// <summary>Whether a text can name a logical database: 1 to 64 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</summary>
    public static bool IsDatabaseId(string? text) =>
        text is { Length: > 0 and <= MostDatabaseCharacters } && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');

    public static string Table(string databaseId, string schema, string table) => Bounded($"table:{databaseId}:{Name(schema, table)}");

    public static string Column(string databaseId, string schema, string table, string column) => Bounded($"column:{databaseId}:{Name(schema, table, column)}");

    public static string EnumValue(string databaseId, string schema, string table, string column, string value) =>
        Bounded($"enum_value:{databaseId}:{Name(schema, table, column)}={Part(value)}");

    public static string Finding(string databaseId, string schema, string table, string? column, string rule) =>
        Bounded($"data_quality_finding:{databaseId}:{(column is null ? Name(schema, table) : Name(schema, table, column))}:{rule}");

    public static string Relationship(
        string databaseId, string schema, string table, IEnumerable<string> columns, string referencedSchema, string referencedTable, IEnumerable<string> referencedColumns) =>
        Bounded($"relationship:{databaseId}:{Name(schema, table)}({List(columns)})->{Name(referencedSchema, referencedTable)}({List(referencedColumns)})");

    public static string Metric(string databaseId, string schema, string table, string name) => Bounded($"metric:{databaseId}:{Name(schema, table)}:{Part(name)}");

    private static string Name(params IEnumerable<string> parts) => string.Join('.', parts.Select(Part));

    private static string List(IEnumerable<string> columns) => string.Join(',', columns.Select(column => column.AsSpan().ContainsAny(ListSeparators) ? Quoted(column) : Part(column)));

    /// <summary>What could be taken for a separator stands in quotes.</summary>
    private static string Part(string part) => part.AsSpan().ContainsAny(Separators) ? Quoted(part) : part;

    private static string Quoted(string part) => $"\"{part.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The end of an id that is too long is replaced by a hash of the whole.</summary>
    private static string Bounded(string id)
    {
        var text = id.Replace('\0', '\uFFFD');
        if (text.Length <= DataArguments.MostCharacters) return text;
        var kept = DataArguments.MostCharacters - HashDigits - 1;
        if (char.IsHighSurrogate(text[kept - 1])) kept--;
        return $"{text[..kept]}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashDigits]}";
    }
}
