using StackExchange.Redis;

namespace Sluice.Redis.Connections;

/// <summary>What the errors of Redis and its driver mean. The driver's exception is not passed on: nobody checks what it quotes.</summary>
internal static class RedisFailure
{
    private static readonly string[] Passing = ["LOADING", "BUSY", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN"];

    public static SluiceException Of(RedisAddress address, Exception exception) => exception switch
    {
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } => Refused(address),
        RedisConnectionException { FailureType: var type } when IsRefusal(exception) => Refused(address, type.ToString()),
        RedisConnectionException { FailureType: var type } => Unavailable(
            $"The Redis server at '{address}' cannot be reached ({type}). Check that it runs and that this machine may connect; it is connected again by itself.", retryable: true),
        RedisTimeoutException => Unavailable($"The Redis server at '{address}' did not answer in time. Try again, or allow a longer OperationTimeout.", retryable: true),
        RedisServerException => OfServer(address, exception.Message),
        RedisCommandException when address.Database > 0 => Unavailable(
            $"The Redis server at '{address}' has no database {address.Database}, or does not allow what the store needs. Give another one.", retryable: false),
        _ => Unavailable($"The Redis server at '{address}' failed ({exception.GetType().Name}). Try again.", retryable: true),
    };

    private static SluiceException OfServer(RedisAddress address, string message)
    {
        if (IsRefusal(message)) return Refused(address, CodeOf(message));
        if (Contains(message, "OOM"))
            return new(ErrorCodes.StoreFull, $"The Redis server at '{address}' has no memory left: nothing was written. Raise 'maxmemory' or remove data, and try again.");
        if (Contains(message, "READONLY"))
            return Unavailable($"The Redis server at '{address}' is a replica and cannot be written to. Give the address of the primary.", retryable: false);
        if (Contains(message, "WRONGTYPE"))
            return new(ErrorCodes.StoreSchema, $"The Redis server at '{address}' has a key of another program where the store keeps its own. Give another prefix or database.");
        return Unavailable($"The Redis server at '{address}' refused a command ({CodeOf(message)}).", Passing.Any(code => Contains(message, code)));
    }

    private static bool IsRefusal(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            if (IsRefusal(cause.Message)) return true;
        return false;
    }

    private static bool IsRefusal(string message) => Contains(message, "NOAUTH") || Contains(message, "WRONGPASS") || Contains(message, "NOPERM");

    /// <summary>The first word of an error of Redis says what it is; what follows may quote a command.</summary>
    private static string CodeOf(string message) => message.Split(' ', 2)[0].TrimEnd(':');

    private static bool Contains(string message, string code) => message.Contains(code, StringComparison.Ordinal);

    private static SluiceException Refused(RedisAddress address, string reason = "authentication failed") => Unavailable(
        $"The Redis server at '{address}' refuses us ({reason}). Check the user and the password in the address, and what the user may do.", retryable: false);

    private static SluiceException Unavailable(string message, bool retryable) => new(ErrorCodes.StoreUnavailable, message) { Retryable = retryable };
}
