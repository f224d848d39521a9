namespace Sluice.Cli.Chat.Typing;

/// <summary>How the typing of a line ended.</summary>
internal enum LineEnd
{
    /// <summary>By Enter.</summary>
    Entered,

    /// <summary>By Ctrl+C on a line with nothing in it.</summary>
    Interrupted,

    /// <summary>By Ctrl+D on a line with nothing in it, or the terminal is gone.</summary>
    Closed,
}
