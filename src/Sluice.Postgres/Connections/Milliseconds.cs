namespace Sluice.Postgres.Connections;

/// <summary>Instants as the tables hold them.</summary>
internal static class Milliseconds
{
    public static long? Of(DateTimeOffset? instant) => instant?.ToUnixTimeMilliseconds();

    public static DateTimeOffset ToInstant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
