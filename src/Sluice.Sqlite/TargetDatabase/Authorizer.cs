using Sluice.JsonSchemas.Evaluating;
using SQLitePCL;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>Answers the engine, which asks for each table, column, function and action while it compiles. What is not named here is denied.</summary>
internal sealed class Authorizer(Readable readable, AllowedFunctions functions, RowFilters filters)
{
    private const int Allow = raw.SQLITE_OK;
    private const int Deny = raw.SQLITE_DENY;
    private const string SchemaTable = "sqlite_master";

    private static readonly HashSet<string> TableFunctions = new(StringComparer.OrdinalIgnoreCase) { "json_each", "json_tree", "jsonb_each", "jsonb_tree", "generate_series" };

    /// <summary>The names of objects, and nothing of the statements that made them.</summary>
    private static readonly HashSet<string> SchemaColumns = new(StringComparer.OrdinalIgnoreCase) { "", "type", "name", "tbl_name" };

    /// <summary>Whether the statement runs. Whatever compiles then is a statement of a virtual table, over tables of its own.</summary>
    public bool IsRunning { get; set; }

    /// <summary>The first thing that was denied.</summary>
    public Refusal? Refusal { get; private set; }

    public int Authorize(object data, int action, string first, string second, string schema, string source)
    {
        var refusal = action switch
        {
            raw.SQLITE_SELECT or raw.SQLITE_RECURSIVE => null,
            raw.SQLITE_READ => Read(first ?? "", second ?? "", schema ?? "", source),
            raw.SQLITE_FUNCTION => Call(second ?? ""),
            raw.SQLITE_PRAGMA when IsRunning && first == "data_version" && second is null => null,
            _ => Action(action, first),
        };
        Refusal ??= refusal;
        return refusal is null ? Allow : Deny;
    }

    private Refusal? Read(string table, string column, string schema, string? view)
    {
        if (schema.Equals(RowFilters.Schema, StringComparison.OrdinalIgnoreCase) && filters.HasView(table)) return readable.MayReadColumn(table, column) ? null : DeniedColumn(table, column);
        if (schema.Length > 0 && filters.Covers(table)) return filters.MayRead(table, view) ? null : Filtered(table);
        // Of a table whose columns nobody asks for, such as in count(*), the schema is left empty.
        var isMain = schema.Length == 0 || schema.Equals(Readable.Schema, StringComparison.OrdinalIgnoreCase);
        if (isMain && readable.MayReadTable(table)) return readable.MayReadColumn(table, column) ? null : DeniedColumn(table, column);
        if (isMain && (TableFunctions.Contains(table) || (IsRunning && readable.IsShadow(table)))) return null;
        if (schema.Length == 0 && column.Length == 0 && IsOfTheStatement(table)) return null;
        if (table.Equals(SchemaTable, StringComparison.OrdinalIgnoreCase) && !readable.IsNarrowed && SchemaColumns.Contains(column)) return null;
        return new("table", table, $"The table {Excerpt.Quote(table)} may not be read{Suggest(table, readable.Tables, "tables that may be read")}");
    }

    /// <summary>
    /// A common table expression that no column is asked of, as in count(*), comes without a schema. The program shows whether a real table
    /// is opened for it.
    /// </summary>
    private bool IsOfTheStatement(string table) =>
        !readable.Has(table) && !table.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase) && !table.StartsWith("pragma_", StringComparison.OrdinalIgnoreCase);

    private Refusal? Call(string function)
    {
        if (functions.Contains(function)) return null;
        var hint = function.Contains("json", StringComparison.OrdinalIgnoreCase) ? ". Read the values with json_extract and combine them outside the statement." : Suggest(function, functions.Names, "functions");
        return new("function", function, $"The function {Excerpt.Quote(function)} may not be called{hint}");
    }

    private static Refusal DeniedColumn(string table, string column) => new(
        "column", $"{table}.{column}", $"The column {Excerpt.Quote($"{table}.{column}")} may not be read. Leave it out; name the columns you need instead of *.");

    private static Refusal Filtered(string table) => new(
        "table", table, $"The table {Excerpt.Quote(table)} itself may not be read, also not by a view that names it so. Write its name without a schema: it has the rows that may be read.");

    private static Refusal Action(int action, string? name) => action switch
    {
        raw.SQLITE_PRAGMA => new("pragma", name, "PRAGMA may not be used, and neither may its table functions. Ask for the schema by its own tool."),
        raw.SQLITE_ATTACH or raw.SQLITE_DETACH => new("attach", null, "Other files may not be attached or written. Query the tables of this database."),
        raw.SQLITE_TRANSACTION or raw.SQLITE_SAVEPOINT => new("transaction", null, "Transactions may not be controlled. Send one SELECT statement alone."),
        _ => new("statement_kind", name, "The statement does more than read. Send one SELECT, WITH or VALUES statement."),
    };

    /// <summary>Lists of functions are long: only a near name is worth showing.</summary>
    private static string Suggest(string name, IReadOnlyCollection<string> known, string introduction) =>
        NearestName.Find(name, known) is null && introduction == "functions" ? "." : NearestName.Suggest(name, known, introduction);
}
