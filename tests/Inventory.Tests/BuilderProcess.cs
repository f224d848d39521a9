using System.Diagnostics;

namespace Inventory.Tests;

/// <summary>A real second process that builds a database.</summary>
internal sealed class BuilderProcess : IDisposable
{
    private readonly Process _process;

    private BuilderProcess(Process process) => _process = process;

    public int ExitCode => _process.ExitCode;

    public static BuilderProcess Start(string path, int products, int sales, string? haltAt = null)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet");
        start.ArgumentList.Add(typeof(TestProgram).Assembly.Location);
        AddBuild(start, path, products, sales, haltAt);
        return Start(start);
    }

    /// <summary>The same under a limit on the size of written files, which the kernel enforces as it would a full disk.</summary>
    public static BuilderProcess StartWithFileLimit(string path, int products, int sales, int kibibytes)
    {
        var start = new ProcessStartInfo("bash");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"trap '' XFSZ; ulimit -f {kibibytes}; exec \"$0\" \"$@\"");
        start.ArgumentList.Add(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet");
        start.ArgumentList.Add(typeof(TestProgram).Assembly.Location);
        AddBuild(start, path, products, sales, haltAt: null);

        // The runtime's executable memory is a mapped file that the limit would hit too.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return Start(start);
    }

    public async Task WaitUntilHaltedAsync(CancellationToken cancellationToken) =>
        (await ReadLineAsync(cancellationToken)).ShouldStartWith("halted at");

    public Task GoOnAsync() => _process.StandardInput.WriteLineAsync();

    public async Task<string> ReadLineAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken) ?? "(the child ended)";

    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static void AddBuild(ProcessStartInfo start, string path, int products, int sales, string? haltAt)
    {
        foreach (var argument in (string?[])[TestProgram.BuildVerb, path, $"{products}", $"{sales}", haltAt])
        {
            if (argument is not null)
                start.ArgumentList.Add(argument);
        }
    }

    private static BuilderProcess Start(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        return new BuilderProcess(Process.Start(start)!);
    }
}
