namespace Sluice.CrashTests;

/// <summary>Lines for whoever reads the test run: they stand in the test's output and at the end of <c>test.sh</c>.</summary>
internal static class Report
{
    public static void Write(ITestOutputHelper output, string line)
    {
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("SLUICE_REPORT") is { Length: > 0 } path) File.AppendAllText(path, line + "\n");
    }
}
