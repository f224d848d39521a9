namespace Sluice.Studio.Threads;

/// <summary>Who said something.</summary>
internal enum MessageRole
{
    /// <summary>Who asked.</summary>
    User,

    /// <summary>The agent.</summary>
    Assistant,
}
