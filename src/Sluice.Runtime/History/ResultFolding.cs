using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Runtime.Loop;
using Sluice.Runtime.References;
using Sluice.Runtime.Runs;
using Sluice.Runtime.Tools;

namespace Sluice.Runtime.History;

/// <summary>Stores tool results that the model has read as references, so that their handles can stand in their place.</summary>
internal sealed class ResultFolding(TenantReferences references, MentionedPlans plans)
{
    // A handle with its glimpse takes about as much.
    private const int MinBytes = 1024;

    /// <summary>Stores the large results of a part of the frame's messages, oldest first.</summary>
    public async ValueTask<IReadOnlyList<FoldedResult>> FoldAsync(Frame frame, string key, int start, int end)
    {
        var journal = frame.Run.Journal;
        var recorded = new RecordedReferences(references, journal, key, (sub, created) => journal.AppendAsync(sub, frame.Agent.Name, created));
        var folded = new List<FoldedResult>();
        IReadOnlyList<StoredPlan>? ofThread = null;
        for (var index = start; index < end; index++)
        {
            foreach (var result in frame.Messages[index].Contents.OfType<FunctionResultContent>())
            {
                if (result.Result is not JsonElement value || !IsLarge(value)) continue;
                ofThread ??= await plans.OfThreadAsync(frame).ConfigureAwait(false);
                if (await TryStoreAsync(frame, recorded, result, ofThread).ConfigureAwait(false) is not { } handle) continue;
                folded.Add(new() { FromEnd = frame.Messages.Count - index, ToolUseId = result.CallId, Result = handle });
            }
        }

        return folded;
    }

    private static bool IsLarge(JsonElement value) => MessageBytes.Count(value) > MinBytes && !IsHandle(value);

    private static bool IsHandle(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty("reference", out var reference)
        && HandleFinder.Find(reference).Any();

    /// <summary>What stands in a result's place; null when it cannot be stored, such as JSON without a canonical form, or would take as much room.</summary>
    private async ValueTask<JsonElement?> TryStoreAsync(
        Frame frame, RecordedReferences recorded, FunctionResultContent result, IReadOnlyList<StoredPlan> ofThread)
    {
        var (value, cancellationToken) = ((JsonElement)result.Result!, frame.Run.CancellationToken);
        try
        {
            var envelope = await recorded.CreateAsync(ReferenceSpec.ToolResult, value, null, cancellationToken).ConfigureAwait(false);
            var bytes = MessageBytes.Count(value);
            var mentions = Mentions.In([new(ChatRole.Tool, [result])]);
            var open = await plans.FindOpenAsync(mentions, ofThread, cancellationToken).ConfigureAwait(false);
            var handles = await FindHandlesAsync(mentions, cancellationToken).ConfigureAwait(false);
            var handle = ToolOutcome.Of(new
            {
                reference = envelope.ToHandle(),
                envelope.Glimpse,
                bytes,
                note = $"This result is {bytes} bytes of JSON and was taken out to save room. Pass the handle on, or read parts of it with {BuiltInTools.ResolveRef} where you have it.",
                plans = open.Count > 0 ? open : null,
                references = handles.Count > 0 ? handles : null,
            }).Result!.Value;
            return MessageBytes.Count(handle) < bytes ? handle : null;
        }
        catch (SluiceException exception) when (exception is not RunFaultException && !StoreFailure.Is(exception))
        {
            return null;
        }
    }

    /// <summary>The handles within a result, which must stay in sight.</summary>
    private async ValueTask<IReadOnlyList<SummarizedReference>> FindHandlesAsync(Mentions mentions, CancellationToken cancellationToken)
    {
        var handles = new List<SummarizedReference>();
        foreach (var reference in mentions.References)
        {
            var kind = reference.Kind ?? (await references.FindAsync(reference.Id, cancellationToken).ConfigureAwait(false))?.Kind;
            handles.Add(new() { Kind = kind, Id = reference.Id });
        }

        return handles;
    }
}
