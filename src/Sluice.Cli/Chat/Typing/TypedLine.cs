namespace Sluice.Cli.Chat.Typing;

/// <summary>What came of asking for a line.</summary>
/// <param name="Text">The line, which may hold several; empty where it was not entered.</param>
/// <param name="End">How it ended.</param>
internal readonly record struct TypedLine(string Text, LineEnd End);
