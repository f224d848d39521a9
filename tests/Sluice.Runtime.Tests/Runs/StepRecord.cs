using Sluice.Journal;
using Sluice.Runtime.Tools;

namespace Sluice.Runtime.Tests.Runs;

/// <summary>What a journal says of one step with an effect.</summary>
internal sealed record StepRecord
{
    /// <summary>The name under which the effect is noted in the ledger.</summary>
    public required string Effect { get; init; }

    /// <summary>Whether it may run again without asking.</summary>
    public bool IsIdempotent { get; init; }

    /// <summary>How often it was claimed.</summary>
    public int Claims { get; set; }

    public bool HasOutcome { get; set; }

    /// <summary>What a person said of each attempt, in order.</summary>
    public List<ApprovalOutcome> Verdicts { get; } = [];

    /// <summary>How often a person was asked, by the key of the question.</summary>
    public Dictionary<string, int> Questions { get; } = [];

    public static async Task<IReadOnlyDictionary<string, StepRecord>> ReadAsync(MemoryStorage storage)
    {
        var steps = new Dictionary<string, StepRecord>();
        StepRecord Of(string key, string effect, bool isIdempotent = false)
        {
            var isUndoing = key.Contains("#compensation/", StringComparison.Ordinal);
            if (!steps.TryGetValue(key, out var step))
                steps[key] = step = new() { Effect = isUndoing ? ReplayHost.Undoing(effect) : effect, IsIdempotent = isIdempotent };
            return step;
        }

        await foreach (var entry in storage.Journal.ReadAsync(Sample.Tenant, ReplayHost.RunId, 0, default))
        {
            var asked = entry.Key.IndexOf("#in_doubt/", StringComparison.Ordinal);
            switch (entry.ReadData())
            {
                case ToolStartedData tool:
                    Of(entry.Key, CallContext.KeyOf(ReplayHost.RunId, entry.Key), tool.ToolName == "put").Claims++;
                    break;
                case ActionStartedData action:
                    Of(entry.Key, action.IdempotencyKey).Claims++;
                    break;
                case ToolCompletedData:
                    Of(entry.Key, CallContext.KeyOf(ReplayHost.RunId, entry.Key)).HasOutcome = true;
                    break;
                case ActionCompletedData:
                    steps[entry.Key].HasOutcome = true;
                    break;
                case ApprovalRequestedData when asked > 0:
                    var questions = steps[entry.Key[..asked]].Questions;
                    questions[entry.Key] = questions.GetValueOrDefault(entry.Key) + 1;
                    break;
                case ApprovalDecidedData decided when asked > 0:
                    steps[entry.Key[..asked]].Verdicts.Add(decided.Outcome);
                    break;
            }
        }

        return steps;
    }
}
