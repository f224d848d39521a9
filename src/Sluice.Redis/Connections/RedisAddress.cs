using System.Globalization;

namespace Sluice.Redis.Connections;

/// <summary>What an address says. Its text is safe to show: it has no credentials.</summary>
internal sealed class RedisAddress
{
    private const int DefaultPort = 6379;

    private RedisAddress(Uri uri, int database)
    {
        var credentials = uri.UserInfo.Split(':', 2);
        var user = Uri.UnescapeDataString(credentials[0]);
        (Host, Port, Database, IsTls) = (uri.IdnHost, uri.Port < 0 ? DefaultPort : uri.Port, database, uri.Scheme == "rediss");
        User = user.Length > 0 ? user : null;
        Password = credentials.Length > 1 && credentials[1].Length > 0 ? Uri.UnescapeDataString(credentials[1]) : null;
    }

    public string Host { get; }

    public int Port { get; }

    public int Database { get; }

    public bool IsTls { get; }

    public string? User { get; }

    public string? Password { get; }

    /// <summary>Reads an address.</summary>
    /// <exception cref="SluiceException">It is none; the message does not show it, since it may hold a password.</exception>
    public static RedisAddress Parse(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("redis" or "rediss"))
            throw Invalid("is not of that form; special characters in a password must be percent-encoded");
        if (uri.Host.Length == 0) throw Invalid("names no host");
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0) throw Invalid("has a query or a fragment");
        if (uri.Port == 0) throw Invalid("has port 0");
        var path = uri.AbsolutePath.Trim('/');
        if (path.Length == 0) return new(uri, database: 0);
        return int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out var database)
            ? new(uri, database)
            : throw Invalid("names a database that is no number");
    }

    public override string ToString() => $"{(IsTls ? "rediss" : "redis")}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}/{Database}";

    private static SluiceException Invalid(string problem) => new(
        ErrorCodes.InvalidDataEnvironment, $"A Redis address has the form 'redis://[user:password@]host[:port][/database]', or 'rediss://' over TLS; the one given {problem}.");
}
