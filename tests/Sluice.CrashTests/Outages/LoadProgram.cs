using System.Globalization;
using Sluice.CrashTests.Children;
using Sluice.CrashTests.Job;
using Sluice.CrashTests.Ledgers;

namespace Sluice.CrashTests.Outages;

/// <summary>A child that takes many runs of the job to their ends at once, however often the storage fails them.</summary>
internal static class LoadProgram
{
    public const string Verb = "load";

    /// <summary>Written with every answer of a model.</summary>
    public const string Step = "step";

    public static string RunIdOf(int number) => $"run-{number}";

    /// <summary>Arguments: the store, the ledger, the number of runs.</summary>
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
            EventHooks = [Note],
        });
        var answering = person.AnswerAsync(runtime);
        foreach (var open in await runtime.ListApprovalsAsync(new() { Status = ApprovalStatus.Pending, Limit = 1000 })) person.Ask(open.Id);
        var runs = Enumerable.Range(0, int.Parse(args[2], CultureInfo.InvariantCulture)).Select(number => FinishAsync(runtime, RunIdOf(number)));
        await await Task.WhenAny(Task.WhenAll(runs), answering);
        person.Leave();
        await answering;
        return 0;

        void Note(RuntimeEvent e)
        {
            if (e is ApprovalRequiredEvent asked) person.Ask(asked.Id);
            if (e is StepStartEvent) Console.WriteLine(Step);
        }
    }

    private static async Task FinishAsync(AgentRuntime runtime, string runId)
    {
        while (true)
        {
            try
            {
                if (await runtime.GetRunAsync(runId) is not { } run)
                    await (await runtime.StartAsync(new() { Prompt = ShopJob.Prompt(runId), RunId = runId })).Completion;
                else if (run.State.HasEnded())
                    return;
                else
                    await runtime.ResumeAsync(runId).LastAsync();
            }
            catch (SluiceException failure) when (failure.Retryable || failure.Code is ErrorCodes.RunEnded or ErrorCodes.RunActive)
            {
                await Task.Yield();
            }
        }
    }
}
