using System.Diagnostics;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Tests.Processes;

/// <summary>The program itself, as a process of its own.</summary>
internal sealed class SluiceProcess : IDisposable
{
    private static readonly string Program = typeof(ExitCode).Assembly.Location;
    private static readonly string Host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Long enough for a machine that does much else.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly Task<string> _error;

    private SluiceProcess(Process process)
    {
        (_process, _error) = (process, process.StandardError.ReadToEndAsync());
        process.StandardInput.Close();
    }

    /// <summary>What starts the program with its standard streams redirected.</summary>
    public static ProcessStartInfo StartInfo(string folder, IReadOnlyDictionary<string, string?> variables, params IReadOnlyList<string> arguments) =>
        StartInfo(Host, folder, variables, [Program, .. arguments]);

    public static SluiceProcess Start(string folder, IReadOnlyDictionary<string, string?> variables, params IReadOnlyList<string> arguments) =>
        Start(Host, folder, variables, [Program, .. arguments]);

    /// <summary>Runs the program to its end.</summary>
    public static async Task<CommandResult> RunAsync(string folder, params IReadOnlyList<string> arguments)
    {
        using var process = Start(folder, new Dictionary<string, string?>(), arguments);
        return await process.WaitAsync();
    }

    /// <summary>Runs the program in a shell, which sends its output where the line says.</summary>
    public static async Task<CommandResult> RunInShellAsync(string folder, string line)
    {
        using var process = StartInShell(folder, line);
        return await process.WaitAsync();
    }

    /// <summary>Starts what follows the program's name on a line, as a shell reads it.</summary>
    public static SluiceProcess StartInShell(string folder, string line) =>
        Start("/bin/sh", folder, new Dictionary<string, string?>(), ["-c", $"exec '{Host}' '{Program}' {line}"]);

    /// <summary>The next line of standard output; null: it has ended.</summary>
    public async Task<string?> FirstLineAsync() => await WithinAsync(_process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask(), "write another line");

    public Task<CommandResult> WaitAsync() => WithinAsync(EndAsync(), "end");

    public void Interrupt() => Process.Start("kill", ["-INT", $"{_process.Id}"]).WaitForExit();

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task<CommandResult> EndAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(_process.ExitCode, output, await _error);
    }

    private async Task<T> WithinAsync<T>(Task<T> work, string what)
    {
        try
        {
            return await work.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException exception)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The program did not {what} within {Patience}. It said: {await _error}", exception);
        }
    }

    private static SluiceProcess Start(string program, string folder, IReadOnlyDictionary<string, string?> variables, IReadOnlyList<string> arguments) =>
        new(Process.Start(StartInfo(program, folder, variables, arguments))!);

    private static ProcessStartInfo StartInfo(string program, string folder, IReadOnlyDictionary<string, string?> variables, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return start;
    }
}
