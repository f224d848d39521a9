namespace Analyst;

/// <summary>Something to be answered.</summary>
/// <param name="Text">The question, as a person asks it.</param>
/// <param name="Script">What a model would do for it; null: a model is asked.</param>
internal sealed record Question(string Text, Script? Script = null)
{
    /// <summary>What the agent gets.</summary>
    public string Prompt => Script is null ? Text : Script;
}
