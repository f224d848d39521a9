using Sluice.CrashTests.Children;
using Sluice.CrashTests.Kills;
using Sluice.CrashTests.Ledgers;

namespace Sluice.CrashTests.Job;

/// <summary>A child that takes the job to its end, from its beginning or from where another process left it.</summary>
internal static class JobProgram
{
    public const string Verb = "job";
    public const string Ready = "ready";
    public const string Started = "started";
    public const string Resumed = "resumed";
    public const string Ended = "ended";

    /// <summary>Stands for an argument that is not given.</summary>
    public const string None = "-";

    /// <summary>Arguments: the store, the ledger, the boundary at which to die, the file in which to list the boundaries.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var kills = new KillSwitch(Given(args[2]), Given(args[3]));
        var ledger = new Ledger(args[1]) { OnBoundary = kills.Pass };
        var (job, person) = (new ShopJob(ledger), new Person(ledger));
        await using var storage = StoreAddress.Open(args[0]);
        await using var runtime = SluiceRuntime.Create(job.Spec(), new()
        {
            Interpreter = Interpreter.Scripted,
            Storage = kills.Watch(storage),
            ActionDispatcher = job.Handlers(),
            EventHooks = [e => { if (e is ApprovalRequiredEvent asked) person.Ask(asked.Id); }],
        });
        Console.WriteLine(Ready);
        var answering = person.AnswerAsync(runtime);
        // A person who cannot answer must not leave the run waiting.
        await await Task.WhenAny(FinishAsync(runtime, person), answering);
        person.Leave();
        await answering;
        Console.WriteLine("done");
        return 0;
    }

    private static async Task FinishAsync(AgentRuntime runtime, Person person)
    {
        if (await runtime.GetRunAsync(ShopJob.RunId) is not { } run)
        {
            Console.WriteLine(Started);
            await (await runtime.StartAsync(new() { Prompt = ShopJob.Prompt(ShopJob.RunId), RunId = ShopJob.RunId, ThreadId = ShopJob.ThreadId })).Completion;
            return;
        }

        if (run.State.HasEnded())
        {
            Console.WriteLine(Ended);
            return;
        }

        Console.WriteLine(Resumed);
        var reading = ReadAsync(runtime);
        foreach (var open in await runtime.ListApprovalsAsync()) person.Ask(open.Id);
        await reading;
    }

    private static async Task ReadAsync(AgentRuntime runtime)
    {
        await foreach (var _ in runtime.ResumeAsync(ShopJob.RunId))
        {
            // The hook tells the person; here only the end counts.
        }
    }

    private static string? Given(string argument) => argument == None ? null : argument;
}
