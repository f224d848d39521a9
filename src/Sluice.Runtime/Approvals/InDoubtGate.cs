using System.Text.Json;
using Sluice.Journal;
using Sluice.Json;
using Sluice.Runtime.Loop;
using Sluice.Runtime.Runs;

namespace Sluice.Runtime.Approvals;

/// <summary>
/// Stops a run at an effect that was claimed and has no outcome until a person says what became of it. Each attempt has a question of its
/// own: a resume finds it again, and a crash after a retry asks anew.
/// </summary>
internal sealed class InDoubtGate(ApprovalGate gate)
{
    private const string Rule = "in_doubt";

    /// <summary>Waits for the answer to a question that was asked about an attempt before; null when none was.</summary>
    /// <param name="frame">The frame of the effect.</param>
    /// <param name="key">The effect's step.</param>
    /// <param name="attempt">The attempt that has no outcome.</param>
    public ValueTask<ApprovalDecidedData?> RecallAsync(Frame frame, string key, int attempt) => OrAwayAsync(key, async () =>
    {
        var step = StepOf(key, attempt);
        if (await gate.ReopenAsync(frame, step).ConfigureAwait(false) is not { } request) return null;
        if (request.Kind != ApprovalKind.InDoubt || request.Digest != Digest(frame, step, attempt, request.Payload))
            throw new RunFaultException(ErrorCodes.ApprovalChanged, $"Approval request '{request.Id}' was changed in the store. Nothing that it gates was run.");
        return await gate.WaitAsync(frame, step, request, null).ConfigureAwait(false);
    });

    /// <summary>Asks what became of an effect and waits for the answer.</summary>
    /// <param name="frame">The frame of the effect.</param>
    /// <param name="key">The effect's step.</param>
    /// <param name="target">The tool's name or the plan's id.</param>
    /// <param name="effect">What the person should know.</param>
    public async ValueTask<ApprovalDecidedData> AskAsync(Frame frame, string key, string target, EffectInDoubt effect) =>
        (await OrAwayAsync<ApprovalDecidedData>(key, async () =>
        {
            var (step, payload) = (StepOf(key, effect.Attempt), effect.ToJson());
            var request = await gate.AskAsync(
                frame, step, ApprovalKind.InDoubt, target, payload, Digest(frame, step, effect.Attempt, payload), Always(frame, target), null)
                .ConfigureAwait(false);
            return await gate.WaitAsync(frame, step, request, null).ConfigureAwait(false);
        }).ConfigureAwait(false))!;

    private static string StepOf(string key, int attempt) => StepKey.Sub(key, $"in_doubt/{attempt}");

    /// <summary>SHA-256, in hex, of what a person is asked: which attempt of which step, and everything that was said of it.</summary>
    private static string Digest(Frame frame, string step, int attempt, JsonElement effect) => CanonicalJson.Sha256Hex(
        JsonSerializer.SerializeToElement(new { frame.Run.RunId, step, attempt, effect }, SluiceJson.Options));

    private static ApprovalExplanation Always(Frame frame, string target) => new()
    {
        Agent = frame.Agent.Name,
        Tool = target,
        Policy = Approval.Always,
        Rule = Rule,
        Reason = "What became of an effect that was interrupted is for a person to say.",
        Considered = [],
    };

    /// <summary>A store that fails here must not pass for a failure of the effect, nor end the run: either would drop what is in doubt.</summary>
    private static async ValueTask<T?> OrAwayAsync<T>(string key, Func<ValueTask<T?>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (RunFaultException or OperationCanceledException))
        {
            // Asking is nothing but work on the store.
            throw new SluiceException(
                ErrorCodes.StoreUnavailable, $"Nobody could be asked what became of step '{key}': {exception.Message} Resume the run.", exception)
            {
                Retryable = true,
            };
        }
    }
}
