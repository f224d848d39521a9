using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Sluice.Mcp.Tests.Programs;

/// <summary>The npm programs of the folder <c>node</c>, run by the Node among them.</summary>
internal static class NodePrograms
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static string Folder { get; } = Find();

    /// <summary>The server under test as a program.</summary>
    public static string Server { get; } = typeof(McpServer.Tools).Assembly.Location;

    private static string Node => Path.Combine(Folder, "node_modules/node/bin/node");

    /// <summary>Whether the packages are there.</summary>
    public static bool AreThere => File.Exists(Node);

    /// <summary>Skips the test where the packages are missing, or fails it where they are required.</summary>
    public static void SkipWithoutPackages()
    {
        if (AreThere) return;
        const string Missing = "The npm packages of tests/Sluice.Mcp.Tests/node are missing. Run 'npm ci' there.";
        if (Environment.GetEnvironmentVariable("SLUICE_REQUIRE_SERVICES") == "1") Assert.Fail(Missing);
        Assert.Skip(Missing);
    }

    /// <summary>Runs a program, and fails the test when it does not end well, unless its exit code says something of its own.</summary>
    public static async Task<string> RunAsync(string script, IEnumerable<string> arguments, bool mayFail = false)
    {
        SkipWithoutPackages();
        var start = new ProcessStartInfo(Node, [Path.Combine(Folder, script), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Folder,
        };
        start.Environment["PATH"] = $"{Path.GetDirectoryName(Node)}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        using var timer = new CancellationTokenSource(Patience);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(timer.Token), process.StandardError.ReadToEndAsync(timer.Token));
            await process.WaitForExitAsync(timer.Token);
            if (!mayFail) process.ExitCode.ShouldBe(0, await errors);
            return await output;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static string Find([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../node"));
}
