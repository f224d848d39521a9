using Sluice.Cli.CommandLine;
using Sluice.Postgres.Connections;
using Sluice.Storage;

namespace Sluice.Cli.Store;

/// <summary>Where runs are kept, and how a command line names that place.</summary>
internal sealed class StoreAddress
{
    /// <summary>Where runs are kept when nobody says where.</summary>
    public const string DefaultPath = ".sluice/runs.db";

    private const string Sqlite = "sqlite:";
    private const string Forms = "a store is sqlite:PATH, a path, or postgres://user@host/database";

    private readonly string? _connection;
    private readonly string _path;

    private StoreAddress(string? connection, string path, IReadOnlyList<string> arguments) => (_connection, _path, Arguments) = (connection, path, arguments);

    /// <summary>What a command line needs to name the same store; never a password.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>The store as it may be shown.</summary>
    public string Name => _connection is null ? _path : "the PostgreSQL database";

    private bool IsMissing => _connection is null ? !File.Exists(_path) : !PostgresStorage.Exists(_connection);

    /// <summary>Reads what the options say; without either, the file in this folder.</summary>
    /// <exception cref="WrongUseException">They say two things, the variable is not set, or the address is none.</exception>
    public static StoreAddress Read(string? given, string? variable)
    {
        if (given is not null && variable is not null) throw new WrongUseException("--store and --store-env name the store twice.", "keep one of the two");
        if (variable is not null)
        {
            var value = Environment.GetEnvironmentVariable(variable);
            return string.IsNullOrWhiteSpace(value)
                ? throw new WrongUseException($"--store-env: The variable '{variable}' is not set.", Forms)
                : Parse(value, "--store-env", ["--store-env", variable]);
        }

        return given is null ? new(null, DefaultPath, []) : Parse(given, "--store", ["--store", given]);
    }

    /// <summary>Opens it, and makes it where it is not there yet.</summary>
    /// <exception cref="SluiceException">It cannot be opened.</exception>
    public IRuntimeStorage OpenOrCreate()
    {
        if (_connection is not null) return PostgresStorage.Open(_connection);
        if (Path.GetDirectoryName(_path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        return SqliteStorage.Open(_path);
    }

    /// <summary>Opens it.</summary>
    /// <exception cref="WrongUseException">There is no such store.</exception>
    /// <exception cref="SluiceException">It cannot be opened.</exception>
    public IRuntimeStorage Open()
    {
        RequireStore();
        return OpenOrCreate();
    }

    /// <summary>Looks for what keeps this version from working with it, and for damage. Nothing is made or changed.</summary>
    /// <returns>What was found, in sentences.</returns>
    /// <exception cref="WrongUseException">There is no such store.</exception>
    /// <exception cref="SluiceException">Another process holds it, so that it cannot be looked at.</exception>
    public IReadOnlyList<string> FindProblems()
    {
        try
        {
            RequireStore();
            return _connection is null ? SqliteStorage.FindDamage(_path) : PostgresStorage.FindProblems(_connection);
        }
        catch (SluiceException exception) when (exception.Code is ErrorCodes.StoreSchema or ErrorCodes.StoreUnavailable)
        {
            return [exception.Message];
        }
    }

    /// <summary>Brings its schema to this version's. On a server it makes one where there is none: who may make it is often not who uses it.</summary>
    /// <returns>The version that it had, 0 for none, and the one that it has.</returns>
    /// <exception cref="WrongUseException">There is no such store.</exception>
    /// <exception cref="SluiceException">It cannot be migrated.</exception>
    public (int From, int To) Migrate()
    {
        if (_connection is not null) return PostgresStorage.Migrate(_connection);
        RequireStore();
        var migration = SqliteStorage.Migrate(_path);
        return (migration.From, migration.To);
    }

    /// <summary>Refuses to go on where it is not there.</summary>
    /// <exception cref="WrongUseException">There is no such store.</exception>
    public void RequireStore()
    {
        if (IsMissing) throw new WrongUseException(_connection is null ? $"There is no store '{_path}'." : $"There is no store in {Name}.", "'sluice run' makes one; --store or --store-env names another");
    }

    private static StoreAddress Parse(string address, string option, string[] arguments)
    {
        if (address.StartsWith(Sqlite, StringComparison.Ordinal)) address = address[Sqlite.Length..];
        else if (address.StartsWith("postgres://", StringComparison.Ordinal) || address.StartsWith("postgresql://", StringComparison.Ordinal)) return OfServer(address, option, arguments);
        // One letter before a colon is a drive.
        else if (address.IndexOf(':', StringComparison.Ordinal) > 1) throw new WrongUseException($"{option} names a kind of store that there is not.", Forms);
        return address.Length > 0 ? new(null, address, arguments) : throw new WrongUseException($"{option} names no file.", Forms);
    }

    private static StoreAddress OfServer(string url, string option, string[] arguments)
    {
        try
        {
            var settings = PostgresUrl.Read(url);
            var isSecret = option == "--store" && !string.IsNullOrEmpty(settings.Password);
            return new(settings.ConnectionString, "", isSecret ? [option, "…"] : arguments);
        }
        catch (SluiceException exception)
        {
            throw new WrongUseException($"{option}: {exception.Message}", Forms);
        }
    }
}
