namespace Inventory;

/// <summary>What the program returns.</summary>
internal static class ExitCode
{
    /// <summary>The job ended well, which includes a plan that was not approved.</summary>
    public const int Done = 0;

    /// <summary>A plan, a run or a database failed.</summary>
    public const int Failed = 1;

    /// <summary>The options were wrong; nothing was started.</summary>
    public const int WrongOptions = 2;

    /// <summary>Ctrl+C.</summary>
    public const int Cancelled = 130;
}
