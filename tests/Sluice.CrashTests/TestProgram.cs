using Sluice.CrashTests.Evals;
using Sluice.CrashTests.Interleavings;
using Sluice.CrashTests.Job;
using Sluice.CrashTests.Outages;
using Sluice.CrashTests.Stalls;

namespace Sluice.CrashTests;

/// <summary>The entry point of the test program. Started with a verb it is a child that is to be killed; otherwise it runs the tests.</summary>
internal static class TestProgram
{
    private static readonly Dictionary<string, Func<string[], Task<int>>> Verbs = new(StringComparer.Ordinal)
    {
        [JobProgram.Verb] = JobProgram.RunAsync,
        [OwnerProgram.Verb] = OwnerProgram.RunAsync,
        [LoadProgram.Verb] = LoadProgram.RunAsync,
        [ClerkProgram.Verb] = ClerkProgram.RunAsync,
        [HeirProgram.Verb] = HeirProgram.RunAsync,
        [EvalProgram.Verb] = EvalProgram.RunAsync,
    };

    public static Task<int> Main(string[] args) => args is [var verb, .. var rest] && Verbs.TryGetValue(verb, out var work)
        ? work(rest)
        : RunTests(args);

    // A method of its own: a child does not load the test framework.
    private static Task<int> RunTests(string[] args) => Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
}
