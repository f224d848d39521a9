using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace Inventory.Tests;

/// <summary>The whole program as a child process, as it was built.</summary>
internal sealed class ProgramRun : IDisposable
{
    private readonly Process _process;

    private ProgramRun(Process process) => _process = process;

    public static ProgramRun Start(params IEnumerable<string> arguments) => Start(typeof(InventoryJob).Assembly, arguments);

    /// <summary>Starts another example.</summary>
    public static ProgramRun Start(Assembly program, params IEnumerable<string> arguments) => Start(program, new Dictionary<string, string?>(), arguments);

    /// <summary>Starts it with other environment variables; null removes one.</summary>
    public static ProgramRun Start(IReadOnlyDictionary<string, string?> variables, IEnumerable<string> arguments) =>
        Start(typeof(InventoryJob).Assembly, variables, arguments);

    /// <summary>Starts another example with other environment variables; null removes one.</summary>
    public static ProgramRun Start(Assembly program, IReadOnlyDictionary<string, string?> variables, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(program.Location);
        foreach (var (name, value) in variables) start.Environment[name] = value;
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return new(Process.Start(start)!);
    }

    /// <summary>Runs it to its end with <paramref name="input"/> as all of its standard input.</summary>
    public static Task<ProgramResult> RunAsync(string input, params IEnumerable<string> arguments) =>
        RunAsync(typeof(InventoryJob).Assembly, input, arguments);

    /// <summary>Runs it to its end with other environment variables; null removes one.</summary>
    public static Task<ProgramResult> RunAsync(IReadOnlyDictionary<string, string?> variables, string input, params IEnumerable<string> arguments) =>
        RunAsync(typeof(InventoryJob).Assembly, variables, input, arguments);

    /// <summary>Runs another example to its end.</summary>
    public static Task<ProgramResult> RunAsync(Assembly program, string input, params IEnumerable<string> arguments) =>
        RunAsync(program, new Dictionary<string, string?>(), input, arguments);

    /// <summary>Runs another example to its end with other environment variables; null removes one.</summary>
    public static async Task<ProgramResult> RunAsync(
        Assembly program, IReadOnlyDictionary<string, string?> variables, string input, params IEnumerable<string> arguments)
    {
        using var run = Start(program, variables, arguments);
        await run.WriteAsync(input);
        return await run.EndAsync();
    }

    /// <summary>Reads the output up to and including <paramref name="text"/>.</summary>
    public async Task<string> ReadUntilAsync(string text)
    {
        var read = new StringBuilder();
        var buffer = new char[1];
        while (read.Length < text.Length || read.ToString(read.Length - text.Length, text.Length) != text)
        {
            var count = await _process.StandardOutput.ReadAsync(buffer, TestContext.Current.CancellationToken);
            if (count == 0) throw new InvalidOperationException($"The program ended before it printed '{text}': {read}");
            read.Append(buffer[0]);
        }

        return read.ToString();
    }

    /// <summary>Reads until so many of such lines came, or the program ended.</summary>
    public async Task ReadLinesAsync(int count, Func<string, bool> isCounted)
    {
        while (count > 0 && await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            count -= isCounted(line) ? 1 : 0;
    }

    /// <summary>Types a line and keeps the input open.</summary>
    public async Task TypeAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Ends it as a crash would, at once (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<ProgramResult> EndAsync()
    {
        var token = TestContext.Current.CancellationToken;
        var output = _process.StandardOutput.ReadToEndAsync(token);
        var errors = _process.StandardError.ReadToEndAsync(token);
        await _process.WaitForExitAsync(token);
        return new(_process.ExitCode, await output, await errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private async Task WriteAsync(string input)
    {
        try
        {
            await _process.StandardInput.WriteAsync(input);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading, which is for the test to judge.
        }
    }
}
