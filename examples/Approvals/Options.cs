namespace Approvals;

/// <summary>What the command line asks for.</summary>
internal sealed class Options
{
    public const string Help = """
        Usage: dotnet run --project examples/Approvals -- STORE.db [--tenant ID]
               dotnet run --project examples/Approvals -- STORE.db DECISION ID [--by NAME] [--feedback TEXT] [--tenant ID]
        DECISION: approve, reject or revise; what became of an effect: retry, mark_done or mark_failed.
        Default: tenant outdoor-retail, decided by the user of this machine. Exit codes: 0 done; 1 not possible; 2 wrong options.
        """;

    private static readonly Dictionary<string, ApprovalOutcome> Decisions = new(StringComparer.Ordinal)
    {
        ["approve"] = ApprovalOutcome.Approve,
        ["reject"] = ApprovalOutcome.Reject,
        ["revise"] = ApprovalOutcome.Revise,
        ["retry"] = ApprovalOutcome.Retry,
        ["mark_done"] = ApprovalOutcome.MarkDone,
        ["mark_failed"] = ApprovalOutcome.MarkFailed,
    };

    /// <summary>The file that the other program writes.</summary>
    public string Store { get; private set; } = "";

    /// <summary>The decision as it was written; null: only list.</summary>
    public string? Verb { get; private set; }

    public ApprovalOutcome? Decision => Verb is null ? null : Decisions[Verb];

    public string? RequestId { get; private set; }

    public string By { get; private set; } = Environment.UserName;

    public string? Feedback { get; private set; }

    public string Tenant { get; private set; } = "outdoor-retail";

    /// <summary>Reads the arguments; every problem is added to <paramref name="problems"/>.</summary>
    public static Options Read(IEnumerable<string> arguments, ICollection<string> problems)
    {
        var options = new Options();
        var words = new List<string>();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
        {
            if (!argument.StartsWith("--", StringComparison.Ordinal)) words.Add(argument);
            else if (!rest.TryDequeue(out var value)) problems.Add($"Option '{argument}' needs a value.");
            else if (argument == "--by") options.By = value;
            else if (argument == "--feedback") options.Feedback = value;
            else if (argument == "--tenant") options.Tenant = value;
            else problems.Add($"There is no option '{argument}'.");
        }

        options.Take(words, problems);
        return options;
    }

    private void Take(List<string> words, ICollection<string> problems)
    {
        if (words is not ([_] or [_, _, _])) problems.Add("Give the store, and to decide also the decision and the request's id.");
        else if (words is [_, var verb, _] && !Decisions.ContainsKey(verb)) problems.Add($"There is no decision '{verb}'.");
        else (Store, Verb, RequestId) = (words[0], words.ElementAtOrDefault(1), words.ElementAtOrDefault(2));
    }
}
