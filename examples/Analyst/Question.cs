namespace Analyst;

/// <summary>Something to be answered.</summary>
/// <param name="Text">The question, as a person asks it.</param>
/// <param name="Prompt">What the agent gets: the question, or a script of what a model would do for it.</param>
internal sealed record Question(string Text, string Prompt);
