namespace StudioUnderTest;

/// <summary>Where tests hold the server: what comes to a place goes on when no file <c>hold-{place}</c> is in the server's folder.</summary>
internal static class Hold
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    public static async Task PassAsync(string place, CancellationToken cancellationToken)
    {
        while (File.Exists($"hold-{place}")) await Task.Delay(Interval, cancellationToken);
    }
}
