using System.Security.Cryptography;
using Sluice.Data;
using Sluice.JsonSchemas.Evaluating;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>
/// The tables of one connection that show only some of their rows: a temporary view stands before each, under its name. The rows come from
/// a second view, whose name nobody can guess, and it alone may read the table.
/// </summary>
internal sealed class RowFilters
{
    public const string Schema = "temp";

    private const string CreateView = "CREATE VIEW ";

    /// <summary>Keeps the engine from looking at anything of the agent's for a row that the filter has not let through: an error would tell of it.</summary>
    private const string Barrier = "LIMIT -1 OFFSET 0";

    private readonly TrustedConnection _connection;
    private readonly Readable _readable;
    private readonly Dictionary<string, string> _readers = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _views = new(StringComparer.OrdinalIgnoreCase);

    private RowFilters(TrustedConnection connection, Readable readable) => (_connection, _readable) = (connection, readable);

    /// <summary>The tables that are filtered.</summary>
    public IReadOnlyCollection<string> Tables => _readers.Keys;

    /// <summary>Makes the views of a connection that nothing of an agent has reached yet.</summary>
    /// <exception cref="SluiceException">The filters do not fit the database; all problems are named.</exception>
    public static RowFilters Install(TrustedConnection connection, Readable readable, QueryGuard guard)
    {
        var filters = new RowFilters(connection, readable);
        if (guard.RowFilters.Count == 0) return filters;
        var parameters = new RowFilterParameters(guard.RowFilterParameters);
        var problems = new List<string>();
        foreach (var (name, predicate) in guard.RowFilters)
            if (filters.Add(Readable.WithoutSchema(name), parameters.Fill(predicate)) is { } problem) problems.Add(problem);
        problems.AddRange(parameters.Problems);
        if (problems.Count > 0) throw Failure(connection.Path, problems);
        filters.CopyViews();
        return filters;
    }

    public static SluiceException Failure(string path, IReadOnlyCollection<string> problems) =>
        new(ErrorCodes.InvalidDataEnvironment, $"The row filters do not fit the database '{path}': {string.Join("; ", problems)}.");

    public bool Covers(string table) => _readers.ContainsKey(table);

    /// <summary>Whether a temporary view of ours has this name.</summary>
    public bool HasView(string name) => _views.Contains(name);

    /// <summary>Whether the table itself may be read within this view.</summary>
    public bool MayRead(string table, string? view) => view is not null && _readers.TryGetValue(table, out var reader) && reader == view;

    private string? Add(string table, string predicate)
    {
        if (!_readable.MayReadTable(table))
        {
            var near = NearestName.Find(table, _readable.Tables);
            return $"there is no table {Excerpt.Quote(table)} that may be read{(near is null ? "" : $" (did you mean {Excerpt.Quote(near)}?)")}";
        }

        if (_connection.Rows("SELECT 1 FROM pragma_table_list WHERE schema = 'main' AND name = ? COLLATE NOCASE AND type = 'table'", table).Count == 0)
            return $"{Excerpt.Quote(table)} is a view or a virtual table; filter the tables that it reads, or deny it";
        if (_readers.ContainsKey(table)) return $"{Excerpt.Quote(table)} has two filters; write one";
        var columns = _connection.Rows("SELECT name FROM pragma_table_xinfo(?) WHERE hidden <> 1", table).ConvertAll(row => (string)row[0]!)
            .FindAll(column => _readable.MayReadColumn(table, column)).ConvertAll(TrustedConnection.Quote);
        if (columns.Count == 0) return $"{Excerpt.Quote(table)} has no column that may be read";
        var reader = $"rows_{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        try
        {
            // The predicate ends with its line: it may end with a comment.
            Create(reader, $"SELECT {string.Join(", ", columns)} FROM main.{TrustedConnection.Quote(table)} WHERE (\n{predicate}\n) {Barrier}");
            Create(table, $"SELECT * FROM temp.{TrustedConnection.Quote(reader)}");
        }
        catch (SluiceException e) when (e.Code == ErrorCodes.Internal)
        {
            return $"the filter of {Excerpt.Quote(table)} is no condition: {e.Message.TrimEnd('.')}";
        }
        _readers.Add(table, reader);
        return null;
    }

    /// <summary>
    /// Views of the database read the table itself, which is not allowed. A temporary copy reads what its names mean there: the rows that may
    /// be seen. One that is not copied, since it hides the name or writes <c>main.</c>, stays refused.
    /// </summary>
    private void CopyViews()
    {
        var views = _connection.Rows("SELECT name, sql FROM sqlite_schema WHERE type = 'view'").ConvertAll(row => (Name: (string)row[0]!, Sql: (string)row[1]!))
            .FindAll(view => _readable.MayReadTable(view.Name) && view.Sql.StartsWith(CreateView, StringComparison.OrdinalIgnoreCase));
        while (views.Find(view => _readers.Keys.Concat(_views).Any(name => view.Sql.Contains(name, StringComparison.OrdinalIgnoreCase))) is { Name: not null } next)
        {
            views.Remove(next);
            _ = _connection.Rows($"CREATE TEMP VIEW {next.Sql[CreateView.Length..]}");
            _views.Add(next.Name);
        }
    }

    private void Create(string name, string select)
    {
        _ = _connection.Rows($"CREATE TEMP VIEW {TrustedConnection.Quote(name)} AS {select}");
        _views.Add(name);
    }
}
