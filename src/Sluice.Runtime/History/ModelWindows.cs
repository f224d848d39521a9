using Sluice.Runtime.Composition;

namespace Sluice.Runtime.History;

/// <summary>How many tokens of history a model can be sent: its context without the room for its answer.</summary>
internal sealed class ModelWindows(ModelTable models, CompactionOptions options)
{
    /// <summary>The agent's window; null when it is not known.</summary>
    public long? Of(CompiledAgent agent)
    {
        var model = models.Find(agent.Spec.Model.Id);
        if ((model?.ContextTokens ?? options.ContextTokens) is not { } context) return null;
        var answer = agent.Spec.Model.MaxOutputTokens ?? model?.MaxOutputTokens ?? 0;
        // An answer that may fill the context leaves no room for a question; providers cut it short instead.
        return Math.Max(context - answer, context / 2);
    }
}
