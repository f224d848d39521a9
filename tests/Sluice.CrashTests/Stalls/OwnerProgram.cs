using Sluice.CrashTests.Children;
using Sluice.CrashTests.Job;
using Sluice.CrashTests.Kills;
using Sluice.CrashTests.Ledgers;

namespace Sluice.CrashTests.Stalls;

/// <summary>A child that begins the job, halts at a boundary until it is told to go on, and says how the run ended for it.</summary>
internal static class OwnerProgram
{
    public const string Verb = "stalled-owner";
    public const string Halted = "halted";

    /// <summary>The shortest there is.</summary>
    public static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(3);

    /// <summary>Arguments: the store, the ledger, the boundary.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var halts = new KillSwitch(args[2], atTarget: Halt);
        var ledger = new Ledger(args[1]) { OnBoundary = halts.Pass };
        var (job, person) = (new ShopJob(ledger), new Person(ledger));
        await using var storage = StoreAddress.Open(args[0]);
        await using var runtime = SluiceRuntime.Create(job.Spec(), new()
        {
            Interpreter = Interpreter.Scripted,
            Storage = halts.Watch(storage),
            ActionDispatcher = job.Handlers(),
            LeaseDuration = LeaseDuration,
            EventHooks = [e => { if (e is ApprovalRequiredEvent asked) person.Ask(asked.Id); }],
        });
        _ = person.AnswerAsync(runtime);
        var run = await runtime.StartAsync(new() { Prompt = ShopJob.Prompt(ShopJob.RunId), RunId = ShopJob.RunId, ThreadId = ShopJob.ThreadId });
        Console.WriteLine(await run.Completion is ErrorEvent failed ? failed.Error.Code : "finished");
        return 0;
    }

    private static void Halt()
    {
        Console.WriteLine(Halted);
        Console.ReadLine();
    }
}
