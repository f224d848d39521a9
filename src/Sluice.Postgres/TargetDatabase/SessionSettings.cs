using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;
using Sluice.Data;

namespace Sluice.Postgres.TargetDatabase;

/// <summary>What is set for each transaction, for the policies of row-level security.</summary>
internal sealed partial class SessionSettings
{
    /// <summary>True: for the transaction, so that nothing is left for the next one.</summary>
    private const string Sql = "select pg_catalog.set_config($1, $2, true)";

    private readonly KeyValuePair<string, string>[] _settings;

    /// <summary>Copies and checks them.</summary>
    /// <exception cref="SluiceException">A name or a value cannot be (<c>invalid_data_environment</c>); the message lists the problems.</exception>
    public SessionSettings(IReadOnlyDictionary<string, string> settings)
    {
        _settings = [.. settings.OrderBy(setting => setting.Key, StringComparer.Ordinal)];
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        string[] problems = [.. _settings.Select(setting => ProblemOf(setting.Key, setting.Value, names)).OfType<string>()];
        if (problems.Length > 0) throw new SluiceException(ErrorCodes.InvalidDataEnvironment, $"The session settings of the guard cannot be used. {string.Join(' ', problems)}");
    }

    public bool IsEmpty => _settings.Length == 0;

    /// <summary>One command each, with the value bound.</summary>
    public IEnumerable<NpgsqlBatchCommand> Commands() =>
        _settings.Select(setting => new NpgsqlBatchCommand(Sql) { Parameters = { Text(setting.Key), Text(setting.Value) } });

    private static string? ProblemOf(string name, string value, HashSet<string> names)
    {
        if (!Name().IsMatch(name)) return $"'{name}' is no name of an application's setting: it has the form 'app.tenant', of letters, digits and underscores.";
        if (!names.Add(name)) return $"'{name}' is there twice, since case does not count.";
        return DataArguments.IsText(value) ? null : $"The value of '{name}' is null, or holds NUL or half of a pair of characters.";
    }

    private static NpgsqlParameter Text(string value) => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Text };

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,62}(\.[A-Za-z_][A-Za-z0-9_]{0,62})+\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
