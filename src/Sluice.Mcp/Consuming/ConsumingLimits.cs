namespace Sluice.Mcp.Consuming;

/// <summary>What a server may cost. Servers that mean well stay far below.</summary>
internal static class ConsumingLimits
{
    /// <summary>The longest message, in bytes.</summary>
    public const int MessageBytes = 16 * 1024 * 1024;

    /// <summary>The largest definition of one tool, in bytes of JSON.</summary>
    public const int DefinitionBytes = 64 * 1024;

    /// <summary>The largest list of tools, in bytes of JSON.</summary>
    public const int ListBytes = 4 * 1024 * 1024;

    public const int ListPages = 100;

    public const int Tools = 1000;

    /// <summary>The longest description, in characters; a longer one is cut.</summary>
    public const int DescriptionLength = 4096;

    /// <summary>The longest text of a server in an error, in characters.</summary>
    public const int ErrorLength = 2000;

    /// <summary>The most progress events of one call.</summary>
    public const int ProgressEvents = 200;

    /// <summary>The most requests of a server that wait for their answer.</summary>
    public const int OpenRequests = 64;

    /// <summary>The most notifications between two requests to the server.</summary>
    public const int Notifications = 100_000;

    /// <summary>How often connecting is tried by one call.</summary>
    public const int Attempts = 3;

    /// <summary>How long ending a connection may take before a program is killed.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
}
