using Microsoft.Extensions.AI;
using Sluice.Journal;
using Sluice.Runtime.Loop;
using Sluice.Runtime.References;

namespace Sluice.Runtime.History;

/// <summary>Makes a summary of old turns. The model writes the prose; plans and handles come from records, so none can get lost.</summary>
internal sealed class TurnFolding(MentionedPlans plans, TenantReferences references, SummaryWriter writer)
{
    // Glimpses may take as much as the prose, at about three bytes a token; handles beyond that are listed without.
    private const int GlimpseBytesPerToken = 3;
    private const int MostGlimpseBytes = 400;

    /// <summary>Adds a summary of a part of the frame's messages, without the prompt, to what is folded.</summary>
    /// <returns>What is folded, without a summary when there is nothing to summarise.</returns>
    public async ValueTask<HistoryCompactedData> FoldAsync(Frame frame, HistoryCompactedData folded, FoldedPart part)
    {
        // Results that just became references are summarised as such.
        var messages = new List<ChatMessage>(frame.Messages);
        FoldedHistory.Apply(messages, part.Start, frame.PromptIndex, folded);
        var old = messages.Where((_, index) => index >= part.Start && index < part.End && index != frame.PromptIndex).ToList();
        if (old.TrueForAll(message => message is SummaryMessage)) return folded;
        var (mentions, cancellationToken) = (Mentions.In(old), frame.Run.CancellationToken);
        var ofThread = await plans.OfThreadAsync(frame).ConfigureAwait(false);
        var summary = new HistorySummary
        {
            Text = "",
            MessagesKept = messages.Count - part.End,
            Plans = await plans.FindOpenAsync(mentions, ofThread, cancellationToken).ConfigureAwait(false),
            References = await FindReferencesAsync(mentions, part.SummaryTokens * GlimpseBytesPerToken, cancellationToken).ConfigureAwait(false),
        };
        var written = await writer.WriteAsync(frame, old, part).ConfigureAwait(false);
        return folded with
        {
            TurnsFolded = old.Count(message => message.Role == ChatRole.Assistant),
            Summary = summary with { Text = written.Text, IsExtract = written.IsExtract },
            Model = written.Model,
            Usage = written.Usage,
            CostUsd = written.CostUsd,
            LatencyMs = written.LatencyMs,
        };
    }

    /// <summary>The references with the glimpses of the latest of them, as far as there is room.</summary>
    private async ValueTask<IReadOnlyList<SummarizedReference>> FindReferencesAsync(
        Mentions mentions, int room, CancellationToken cancellationToken)
    {
        var found = mentions.References.ToArray();
        for (var index = found.Length - 1; index >= 0; index--)
        {
            if (room > 0 || found[index].Kind is null)
                found[index] = await CompleteAsync(found[index], cancellationToken).ConfigureAwait(false);
            room -= found[index].Glimpse is { } glimpse ? MessageBytes.Count(glimpse) : 0;
            if (room < 0) found[index] = found[index] with { Glimpse = null };
        }

        return found;
    }

    private async ValueTask<SummarizedReference> CompleteAsync(SummarizedReference reference, CancellationToken cancellationToken)
    {
        if (reference.Glimpse is not null) return reference;
        var envelope = await references.FindAsync(reference.Id, cancellationToken).ConfigureAwait(false);
        if (envelope is null) return reference;
        var isSmall = MessageBytes.Count(envelope.Glimpse) <= MostGlimpseBytes;
        return reference with { Kind = envelope.Kind, Glimpse = isSmall ? envelope.Glimpse : null };
    }
}
