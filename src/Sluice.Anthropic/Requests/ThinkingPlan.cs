using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.Anthropic.Requests;

/// <summary>
/// What <see cref="ChatOptions.Reasoning"/> comes to for a model: the kind of thinking, its budget or effort, and how many tokens it needs.
/// </summary>
internal sealed class ThinkingPlan
{
    private const int SmallestBudget = 1024;

    private ThinkingPlan(ModelTraits traits, ReasoningOptions? reasoning, int? maxTokens, int defaultMaxTokens)
    {
        MaxTokens = maxTokens ?? defaultMaxTokens;
        if (reasoning is null || traits.Thinking == ThinkingForm.None) return;
        if (reasoning.Effort == ReasoningEffort.None)
        {
            if (traits.CanStopThinking) Type = "disabled";
            else Effort = "low";
            return;
        }

        Display = DisplayOf(reasoning.Output);
        if (traits.Thinking == ThinkingForm.Adaptive) (Type, Effort) = ("adaptive", EffortOf(reasoning.Effort, traits));
        else PlanBudget(reasoning.Effort, maxTokens, defaultMaxTokens);
    }

    /// <summary>The most tokens of the answer, its thinking included.</summary>
    public int MaxTokens { get; private set; }

    /// <summary>The value for <c>output_config.effort</c>; null: none.</summary>
    public string? Effort { get; }

    public bool IsOn => Type is "adaptive" or "enabled";

    private string? Type { get; set; }

    private int? Budget { get; set; }

    private string? Display { get; }

    public static ThinkingPlan Of(ModelTraits traits, ChatOptions? options, int defaultMaxTokens) =>
        new(traits, options?.Reasoning, options?.MaxOutputTokens, defaultMaxTokens);

    public void Write(Utf8JsonWriter json)
    {
        if (Type is null) return;
        json.WriteStartObject("thinking"u8);
        json.WriteString("type"u8, Type);
        if (Budget is { } budget) json.WriteNumber("budget_tokens"u8, budget);
        if (IsOn && Display is not null) json.WriteString("display"u8, Display);
        json.WriteEndObject();
    }

    /// <summary>A budget is part of the most tokens and must be smaller; where it cannot be, there is no thinking.</summary>
    private void PlanBudget(ReasoningEffort? effort, int? maxTokens, int defaultMaxTokens)
    {
        if (BudgetOf(effort) is not { } budget) return;
        if (maxTokens <= SmallestBudget) return;
        MaxTokens = maxTokens ?? (defaultMaxTokens + budget);
        (Type, Budget) = ("enabled", Math.Min(budget, MaxTokens - 1));
    }

    private static int? BudgetOf(ReasoningEffort? effort) => effort switch
    {
        ReasoningEffort.Low => SmallestBudget,
        ReasoningEffort.Medium => 8192,
        ReasoningEffort.High => 16_384,
        ReasoningEffort.ExtraHigh => 32_768,
        _ => null,
    };

    private static string? EffortOf(ReasoningEffort? effort, ModelTraits traits) => effort switch
    {
        ReasoningEffort.Low => "low",
        ReasoningEffort.Medium => "medium",
        ReasoningEffort.High => "high",
        ReasoningEffort.ExtraHigh => traits.HighestEffort,
        _ => null,
    };

    private static string? DisplayOf(ReasoningOutput? output) => output switch
    {
        ReasoningOutput.None => "omitted",
        ReasoningOutput.Summary or ReasoningOutput.Full => "summarized",
        _ => null,
    };
}
