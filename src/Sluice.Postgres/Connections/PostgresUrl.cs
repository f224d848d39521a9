using System.Globalization;
using Npgsql;

namespace Sluice.Postgres.Connections;

/// <summary>Reads <c>postgres://user:password@host:port/database?sslmode=…</c>. No error quotes the address, which may hold a password.</summary>
internal static class PostgresUrl
{
    private const string Form = "It has the form 'postgres://user:password@host:port/database?sslmode=…', with special characters as '%…'.";

    private static readonly Dictionary<string, string> Options = new(StringComparer.Ordinal)
    {
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["connect_timeout"] = "Timeout",
        ["application_name"] = "Application Name",
        ["pool_max_conns"] = "Maximum Pool Size",
    };

    /// <summary>Reads an address, and sets what is the same for all.</summary>
    /// <exception cref="SluiceException">The address cannot be read (<c>invalid_data_environment</c>).</exception>
    public static NpgsqlConnectionStringBuilder Read(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql"))
            throw Invalid($"The address of the database cannot be read. {Form}");
        if (uri.Host.Length == 0) throw Invalid($"The address of the database names no host. {Form}");
        var (user, password) = Split(uri.UserInfo, ':');
        var database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        if (user.Length == 0 || database.Length == 0) throw Invalid($"The address of the database names no {(user.Length == 0 ? "user" : "database")}. {Form}");
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Trim('[', ']'),
            Port = uri.Port > 0 ? uri.Port : NpgsqlConnection.DefaultPort,
            Username = user,
            Database = database,
            ApplicationName = "sluice",
            MaxPoolSize = 10,
        };
        if (password.Length > 0) settings.Password = password;
        foreach (var part in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)) SetOption(settings, part);
        return Fixed(settings);
    }

    /// <summary>What the layers rest on: limits and resets are ours, and nothing of a value reaches an error.</summary>
    private static NpgsqlConnectionStringBuilder Fixed(NpgsqlConnectionStringBuilder settings)
    {
        settings.NoResetOnClose = true;
        settings.CommandTimeout = 0;
        settings.CancellationTimeout = 2000;
        settings.IncludeErrorDetail = false;
        settings.IncludeFailedBatchedCommand = false;
        settings.PersistSecurityInfo = false;
        settings.MaxAutoPrepare = 0;
        settings.Enlist = false;
        return settings;
    }

    private static void SetOption(NpgsqlConnectionStringBuilder settings, string part)
    {
        var (name, value) = Split(part, '=');
        if (!Options.TryGetValue(name, out var key))
            throw Invalid($"The address of the database has an option that is not known. These are: {string.Join(", ", Options.Keys.Select(known => $"'{known}'"))}.");
        try
        {
            settings[key] = name == "sslmode" ? SslModeOf(value) : value;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw Invalid($"The option '{name}' in the address of the database has a value that it cannot have.");
        }
    }

    private static SslMode SslModeOf(string value) =>
        Enum.TryParse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var mode) && !int.TryParse(value, CultureInfo.InvariantCulture, out _)
            ? mode
            : throw new FormatException();

    private static (string Left, string Right) Split(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (Uri.UnescapeDataString(text), "") : (Uri.UnescapeDataString(text[..at]), Uri.UnescapeDataString(text[(at + 1)..]));
    }

    private static SluiceException Invalid(string message) => new(ErrorCodes.InvalidDataEnvironment, message);
}
