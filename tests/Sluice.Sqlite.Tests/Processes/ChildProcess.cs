using System.Diagnostics;

namespace Sluice.Sqlite.Tests.Processes;

/// <summary>A real second process that works on a store.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static ChildProcess Start(string verb, string path)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in new[] { typeof(TestProgram).Assembly.Location, verb, path }) start.ArgumentList.Add(argument);
        return new(Process.Start(start)!);
    }

    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync(Token);

    public Task GoOnAsync() => _process.StandardInput.WriteLineAsync();

    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync(Token);
        return _process.ExitCode;
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(Token);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
