using System.Net.Sockets;
using Npgsql;

namespace Sluice.Postgres.Connections;

/// <summary>What a driver's error means for the caller. No message holds the password.</summary>
internal static class Failures
{
    /// <summary>Whether the same may succeed in a moment: the server is away, restarts, is full, or two transactions met.</summary>
    public static bool IsPassing(Exception error) => error switch
    {
        PostgresException server => server.IsTransient || server.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.QueryCanceled,
        NpgsqlException driver => driver.IsTransient || driver.InnerException is IOException or SocketException or TimeoutException,
        IOException or SocketException or TimeoutException => true,
        _ => false,
    };

    public static bool IsOfStore(Exception error) => error is NpgsqlException or IOException or SocketException or TimeoutException;

    public static SluiceException ToSluice(Exception error, string server) => error is PostgresException refused
        ? OfServer(refused, server)
        : Unavailable($"PostgreSQL cannot be reached: {server}. {Sentence(error)} Check that it runs and that host and port are right.", error, IsPassing(error));

    private static SluiceException OfServer(PostgresException error, string server) => error.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            Unavailable($"PostgreSQL refuses the login: {server}. Check user name, password and the server's 'pg_hba.conf'.", error),
        PostgresErrorCodes.InvalidCatalogName =>
            Unavailable($"PostgreSQL has no such database: {server}. Create it with 'createdb', or correct the connection string.", error),
        PostgresErrorCodes.InsufficientPrivilege =>
            Unavailable($"PostgreSQL denies a privilege: {server}: {error.MessageText}. Grant the role the use of the schema and its tables.", error),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.InvalidSchemaName =>
            new(ErrorCodes.StoreSchema, $"A part of the store's schema is missing: {server}: {error.MessageText}. Open the storage again, or restore the database.", error),
        PostgresErrorCodes.DiskFull =>
            new(ErrorCodes.StoreFull, $"The disk of PostgreSQL is full: {server}. Free space there; what was refused can be tried again.", error) { Retryable = true },
        _ when IsPassing(error) => Unavailable($"PostgreSQL is not available: {server}: {error.MessageText}.", error, retryable: true),
        _ => new(ErrorCodes.Internal, $"PostgreSQL refused a statement: {server}: {error.SqlState}: {error.MessageText}.", error),
    };

    private static SluiceException Unavailable(string message, Exception error, bool retryable = false) =>
        new(ErrorCodes.StoreUnavailable, message, error) { Retryable = retryable };

    private static string Sentence(Exception error) => error.Message.TrimEnd('.') + ".";
}
