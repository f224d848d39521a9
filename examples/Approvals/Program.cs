// Lists what waits for a person in a store that another program writes, and decides it. It knows of that program only the tenant.
using Approvals;

var problems = new List<string>();
var options = Options.Read(args, problems);
if (problems.Count > 0)
{
    foreach (var problem in problems) Console.Error.WriteLine(problem);
    Console.Error.WriteLine(Options.Help);
    return 2;
}

if (!File.Exists(options.Store))
{
    Console.Error.WriteLine($"There is no store '{options.Store}'.");
    return 1;
}

// A runtime works for the tenant of its spec. This one runs nothing, so its only agent is never asked.
var spec = Define.Runtime(
    Define.Tenant(options.Tenant, "v1"), [Define.Specialist("desk", "claude-haiku-4-5", "You are never asked: people decide here.")]);
try
{
    await using var storage = SqliteStorage.Open(options.Store);
    await using var runtime = SluiceRuntime.Create(spec, new() { Storage = storage, Recovery = RunRecovery.None });
    if (options.Decision is { } decision)
    {
        var decided = await runtime.RespondToApprovalAsync(options.RequestId!, decision, options.Feedback, decidedBy: options.By);
        Console.WriteLine(decided.Status == ApprovalStatus.Pending
            ? $"{decided.Id}: {decided.Decisions.Count} of {decided.Policy.Quorum} answers."
            : $"{decided.Id} is decided: {options.Verb}, by {options.By}. The program that asked goes on, or will when it is started.");
        return 0;
    }

    var waiting = await runtime.ListApprovalsAsync();
    Console.WriteLine($"{waiting.Count} waiting.");
    foreach (var request in waiting) RequestText.Write(request, Console.Out);
    return 0;
}
catch (SluiceException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
