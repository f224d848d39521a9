namespace Sluice.Postgres.Tests.TargetDatabase;

/// <summary>Lines for whoever reads the test run: they stand in the test's output and at the end of <c>test.sh</c>.</summary>
internal static class Report
{
    private static readonly Lock Gate = new();

    public static void Write(ITestOutputHelper output, string line)
    {
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("SLUICE_REPORT") is not { Length: > 0 } path) return;
        lock (Gate) File.AppendAllText(path, line + "\n");
    }
}
