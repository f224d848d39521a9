namespace Sluice.Sqlite.Connections;

internal static class ListLimit
{
    private const int Max = 1000;

    public static void Check(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, Max);
    }
}
