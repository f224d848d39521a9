namespace Sluice.Postgres.Connections;

internal static class ListLimit
{
    public const int Max = 1000;

    public static void Check(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, Max);
    }
}
