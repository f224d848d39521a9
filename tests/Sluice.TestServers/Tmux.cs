namespace Sluice.TestServers;

/// <summary>The terminal that programs are tried in.</summary>
public static class Tmux
{
    /// <summary>Where it is; null when it is not there.</summary>
    public static string? Path { get; } = ServerPrograms.Find("tmux", []);

    /// <summary>Why no terminal can be opened here; null when one can.</summary>
    public static string? MissingReason => Path is null ? "The program 'tmux' is not on the PATH. Install the package 'tmux'." : null;
}
