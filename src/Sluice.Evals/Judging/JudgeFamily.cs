namespace Sluice.Evals.Judging;

/// <summary>Which models come from one house: a judge tends to like what its own family writes.</summary>
internal static class JudgeFamily
{
    /// <summary>Whether both are of one family, as far as their ids tell. False where an id is blank.</summary>
    /// <param name="judge">The judge's model.</param>
    /// <param name="agent">The agent's model.</param>
    public static bool SameFamily(string? judge, string? agent) => Of(judge) is { Length: > 0 } family && family == Of(agent);

    /// <summary>What the id begins with, where it is not the house's name itself: <c>openai/gpt-5</c> and <c>o3</c> are <c>openai</c>.</summary>
    private static string Of(string? model)
    {
        if (string.IsNullOrWhiteSpace(model)) return "";
        var id = model[(model.LastIndexOf('/') + 1)..].Trim().ToLowerInvariant();
        if (id.Contains("claude", StringComparison.Ordinal)) return "anthropic";
        var word = string.Concat(id.TakeWhile(char.IsLetter));
        return word is "gpt" or "chatgpt" or "o" ? "openai" : word;
    }
}
