using Microsoft.Extensions.AI;

namespace Sluice;

/// <summary>Rules of models and their fallbacks.</summary>
internal static class ModelRules
{
    /// <summary>The names of <see cref="ReasoningEffort"/> in JSON, by value.</summary>
    public static readonly string[] ReasoningNames = ["none", "low", "medium", "high", "extra_high"];

    public static void Check(SpecCheck check, ModelSpec model, string path)
    {
        check.RequireText(model.Id, SpecErrorCodes.BlankModelId, $"{path}.id", "The model's id");
        // A spec without providers runs on interpreters that need none.
        if (model.Provider is not null && check.Spec.Providers.Count > 0)
            check.RequireKnown(
                model.Provider, [.. check.Spec.Providers.Keys], SpecErrorCodes.UnknownProvider, $"{path}.provider", "There is no provider");
        if (model.Reasoning is { } reasoning && !Enum.IsDefined(reasoning))
            check.Report(SpecErrorCodes.InvalidModelOption, $"{path}.reasoning", $"{(int)reasoning} is no effort. Use one of: {string.Join(", ", Enum.GetNames<ReasoningEffort>())}.");
        if (model.MaxOutputTokens < 1)
            check.Report(
                SpecErrorCodes.InvalidModelOption, $"{path}.maxOutputTokens",
                $"{model.MaxOutputTokens} tokens are too few for an answer. Give at least 1, or leave it out.");
        for (var i = 0; i < model.Fallbacks.Count; i++) Check(check, model.Fallbacks[i], $"{path}.fallbacks[{i}]");
    }
}
