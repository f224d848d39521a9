using Sluice.Sqlite.Tests.Processes;

namespace Sluice.Sqlite.Tests;

/// <summary>The entry point of the test program. Started with a verb it is a child that works on a store; otherwise it runs the tests.</summary>
internal static class TestProgram
{
    public static Task<int> Main(string[] args) => args is [var verb, var path] && ChildWork.Verbs.TryGetValue(verb, out var work)
        ? work(path)
        : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
}
