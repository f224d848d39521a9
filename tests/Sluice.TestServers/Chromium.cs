namespace Sluice.TestServers;

/// <summary>The browser that pages are tested in.</summary>
public static class Chromium
{
    /// <summary>Where it is; null when it is not there.</summary>
    public static string? Path { get; } = ServerPrograms.Find("chromium", []) ?? ServerPrograms.Find("chromium-browser", []) ?? ServerPrograms.Find("google-chrome", []);

    /// <summary>Why no page can be opened here; null when one can.</summary>
    public static string? MissingReason => Path is null ? "The program 'chromium' is not on the PATH. Install the package 'chromium'." : null;
}
