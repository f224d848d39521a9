using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Runtime.Loop;
using Sluice.Runtime.References;
using Sluice.Runtime.Runs;
using Sluice.Runtime.Tools;

namespace Sluice.Runtime.History;

/// <summary>Stores tool results that the model has read as references, so that their handles can stand in their place.</summary>
internal sealed class ResultFolding(TenantReferences references)
{
    // A handle with its glimpse takes about as much.
    private const int MinBytes = 1024;

    /// <summary>Stores the large results of a part of the frame's messages, oldest first.</summary>
    public async ValueTask<IReadOnlyList<FoldedResult>> FoldAsync(Frame frame, string key, int start, int end)
    {
        var journal = frame.Run.Journal;
        var recorded = new RecordedReferences(references, journal, key, (sub, created) => journal.AppendAsync(sub, frame.Agent.Name, created));
        var folded = new List<FoldedResult>();
        for (var index = start; index < end; index++)
        {
            foreach (var content in frame.Messages[index].Contents)
            {
                if (content is not FunctionResultContent { Result: JsonElement value } result || !IsLarge(value)) continue;
                if (await TryStoreAsync(recorded, value, frame.Run.CancellationToken).ConfigureAwait(false) is not { } handle) continue;
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

    /// <summary>What stands in the value's place; null when it cannot be stored, such as JSON without a canonical form.</summary>
    private static async ValueTask<JsonElement?> TryStoreAsync(RecordedReferences recorded, JsonElement value, CancellationToken cancellationToken)
    {
        try
        {
            var envelope = await recorded.CreateAsync(ReferenceSpec.ToolResult, value, null, cancellationToken).ConfigureAwait(false);
            var bytes = MessageBytes.Count(value);
            var note = $"This result is {bytes} bytes of JSON and was taken out to save room. Pass the handle on, or read parts of it with {BuiltInTools.ResolveRef} where you have it.";
            var handle = ToolOutcome.Of(new { reference = envelope.ToHandle(), envelope.Glimpse, bytes, note }).Result!.Value;
            return MessageBytes.Count(handle) < bytes ? handle : null;
        }
        catch (SluiceException exception) when (exception is not RunFaultException && !StoreFailure.Is(exception))
        {
            return null;
        }
    }
}
