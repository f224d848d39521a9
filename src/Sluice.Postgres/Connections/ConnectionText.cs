using Npgsql;

namespace Sluice.Postgres.Connections;

/// <summary>Reads a connection string and fills in what the storage relies on.</summary>
internal static class ConnectionText
{
    /// <summary>Appends share connections, so few are enough; many nodes share one server.</summary>
    private const int DefaultPoolSize = 20;

    private const int DriversPoolSize = 100;

    public static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var settings = TryParse(connectionString) ?? throw new ArgumentException(
            "The connection string cannot be read. It is a list such as 'Host=…;Username=…;Password=…;Database=…'.", nameof(connectionString));
        if (string.IsNullOrEmpty(settings.Host)) throw new ArgumentException("The connection string names no host.", nameof(connectionString));
        settings.ApplicationName ??= "sluice";
        if (settings.MaxPoolSize == DriversPoolSize) settings.MaxPoolSize = DefaultPoolSize;
        // Nothing is ever set for a session, so there is nothing to reset: less to send, and right behind a pooler.
        settings.NoResetOnClose = true;
        return settings;
    }

    /// <summary>The server as people name it; never the password.</summary>
    public static string Describe(NpgsqlConnectionStringBuilder settings) =>
        $"database '{settings.Database ?? settings.Username}' on '{settings.Host}:{settings.Port}' as '{settings.Username}'";

    private static NpgsqlConnectionStringBuilder? TryParse(string connectionString)
    {
        try
        {
            return new(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The driver's message may quote a value, and the value may be the password, so it goes no further.
            return null;
        }
    }
}
