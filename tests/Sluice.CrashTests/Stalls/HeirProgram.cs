using Sluice.CrashTests.Children;
using Sluice.CrashTests.Job;
using Sluice.CrashTests.Ledgers;

namespace Sluice.CrashTests.Stalls;

/// <summary>A child that takes up what was interrupted and takes it to its end.</summary>
internal static class HeirProgram
{
    public const string Verb = "heir";
    public const string Waiting = "waiting";

    /// <summary>Arguments: the store, the ledger.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var ledger = new Ledger(args[1]);
        var (job, person) = (new ShopJob(ledger), new Person(ledger));
        await using var storage = StoreAddress.Open(args[0]);
        await using var runtime = SluiceRuntime.Create(job.Spec(), new()
        {
            Interpreter = Interpreter.Scripted,
            Storage = storage,
            ActionDispatcher = job.Handlers(),
            Recovery = RunRecovery.Interrupted,
            LeaseDuration = OwnerProgram.LeaseDuration,
            EventHooks = [e => { if (e is ApprovalRequiredEvent asked) person.Ask(asked.Id); }],
        });
        var answering = person.AnswerAsync(runtime);
        Console.WriteLine(Waiting);
        await foreach (var _ in runtime.EventsAsync(ShopJob.RunId))
        {
            // The hook tells the person; here only the end counts.
        }

        person.Leave();
        await answering;
        return 0;
    }
}
