namespace Sluice.Sqlite.Tests;

internal static class TestProgram
{
    public static Task<int> Main(string[] args) => Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
}
