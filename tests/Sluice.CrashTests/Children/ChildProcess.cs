using System.Diagnostics;

namespace Sluice.CrashTests.Children;

/// <summary>A real second process of this program.</summary>
internal sealed class ChildProcess : IDisposable
{
    /// <summary>How long a child may take before the test fails; a busy machine starts processes slowly.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private const int KilledExitCode = 128 + 9;
    private readonly Process _process;
    private readonly Task<string> _errors;

    private ChildProcess(Process process) => (_process, _errors) = (process, process.StandardError.ReadToEndAsync());

    public int Id => _process.Id;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static ChildProcess Start(string verb, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(TestProgram).Assembly.Location, verb, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Children live for a moment: what pays only in the long run is off.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        return new(Process.Start(start)!);
    }

    /// <summary>The next line it writes; null when it has ended.</summary>
    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync(Token).AsTask().WaitAsync(Patience, Token);

    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync(Token);
    }

    /// <summary>Reads what is left and waits for the end.</summary>
    /// <returns>The lines, and whether it was killed.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task<(IReadOnlyList<string> Lines, bool IsKilled)> ReadToEndAsync()
    {
        var lines = new List<string>();
        while (await ReadLineAsync() is { } line) lines.Add(line);
        await _process.WaitForExitAsync(Token).WaitAsync(Patience, Token);
        return _process.ExitCode switch
        {
            0 => (lines, false),
            KilledExitCode => (lines, true),
            var code => throw new InvalidOperationException($"The child ended with {code}: {string.Join('\n', lines)}\n{await _errors}"),
        };
    }

    /// <summary>Sends SIGKILL.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
