using System.CommandLine;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;
using Sluice.Data;

namespace Sluice.Cli.Data.Querying;

/// <summary><c>sluice data query</c>: one statement that reads.</summary>
internal sealed class QueryCommand : SluiceCommand
{
    private const long MostBytes = 256 * 1024 * 1024;

    private readonly DataSourceOptions _source;
    private readonly Argument<string?> _sql = new("sql")
    {
        Description = "The statement; - reads it from standard input.",
        HelpName = "SQL",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _file = new("--file", "-f") { Description = "The file that holds the statement.", HelpName = "FILE" };

    private readonly Option<string[]> _parameters = new("--param", "-p")
    {
        Description = "A parameter, written @name in the statement. Numbers, true, false, null and \"quoted\" texts are taken as JSON, all else as text. Repeatable.",
        HelpName = "NAME=VALUE",
    };

    private readonly Option<int> _maxRows = NumberOption.Create("--max-rows", "N", "The most rows, 1 to 1000000.", 1, 1_000_000, byDefault: 1000);
    private readonly Option<int> _timeout =
        NumberOption.Create("--timeout", "SECONDS", "The longest the statement may run, 1 to 86400 seconds.", 1, 86_400, byDefault: 30);

    public QueryCommand(Shell shell, DataSourceOptions source)
        : base(
            shell, "query", "Runs one statement that reads. The engine refuses everything else.",
            "sluice data query --database sqlite:chinook.db \"SELECT Name FROM Artist LIMIT 5\"",
            "sluice data query \"SELECT * FROM orders WHERE id = @id\" --param id=7",
            "sluice data query --file report.sql --max-rows 100000 --output ndjson > report.ndjson",
            "echo \"SELECT 1\" | sluice data query --database-env SHOP_DATABASE -")
    {
        _source = source;
        Arguments.Add(_sql);
        foreach (var option in (Option[])[_file, _parameters, _maxRows, _timeout]) Options.Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var sql = await ReadSqlAsync(invocation, cancellationToken);
        var parameters = ParameterValues.Read(invocation.Get(_parameters) ?? []);
        await using var session = await _source.OpenAsync(invocation, cancellationToken);
        var query = new ReadOnlyQuery
        {
            Sql = sql,
            Parameters = Sluice.Data.Querying.QueryParameters.Read(parameters),
            MaxRows = invocation.Get(_maxRows),
            MaxBytes = MostBytes,
            Timeout = TimeSpan.FromSeconds(invocation.Get(_timeout)),
        };
        var started = TimeProvider.System.GetTimestamp();
        await using var rows = await session.RequireDatabase().OpenAsync(query, cancellationToken);
        var hash = Sluice.Data.Querying.QueryHash.Of(sql, parameters);
        await new QueryOutput(invocation, rows, hash, started).WriteAsync(cancellationToken);
        return ExitCode.Done;
    }

    private async Task<string> ReadSqlAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (sql, file) = (invocation.Get(_sql), invocation.Get(_file));
        if (sql is null == file is null) throw new WrongUseException("Give the statement, or --file with the file that holds it.", invocation.Help);
        // A read of a terminal does not end when it is asked to: it is left alone.
        var text = file is not null ? await File.ReadAllTextAsync(file, cancellationToken)
            : sql == "-" ? await invocation.Terminal.In.ReadToEndAsync(cancellationToken).WaitAsync(cancellationToken)
            : sql!;
        return string.IsNullOrWhiteSpace(text) ? throw new WrongUseException("The statement is blank.", invocation.Help) : text;
    }
}
