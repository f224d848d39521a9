using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Providers;

/// <summary>A model and the provider that serves it.</summary>
internal sealed class ModelRoute(ProviderConnection provider, ModelSpec model)
{
    public ProviderConnection Provider { get; } = provider;

    public string ModelId => model.Id;

    /// <summary>The options for this model: the given ones when they are made for it, else a copy with what belongs to the model replaced.</summary>
    /// <param name="options">What the caller asked for.</param>
    /// <param name="isFallback">Whether they were made for another model.</param>
    public ChatOptions Adapt(ChatOptions? options, bool isFallback)
    {
        if (options is not null && options.ModelId == model.Id) return options;
        var adapted = options?.Clone() ?? new();
        adapted.ModelId = model.Id;
        adapted.Reasoning = ToReasoning(model) ?? (isFallback ? null : adapted.Reasoning);
        adapted.MaxOutputTokens = model.MaxOutputTokens ?? (isFallback ? null : adapted.MaxOutputTokens);
        return adapted;
    }

    /// <summary>What the options of a call say about reasoning; null: nothing.</summary>
    public static ReasoningOptions? ToReasoning(ModelSpec model) => model.Reasoning is { } effort ? new() { Effort = effort } : null;
}
