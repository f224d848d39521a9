using System.Diagnostics;
using System.Text.Json;
using Sluice.Cli.Apps;
using Sluice.Cli.Output;
using Sluice.Cli.Serve;
using Sluice.Json;

namespace Sluice.Cli.Dev;

/// <summary><c>sluice serve</c> in a process of its own. It ends with this one, however this one ends, since its standard input does.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>Longer than a server takes to end by itself.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly Terminal _terminal;
    private readonly TaskCompletionSource<ServedStudio?> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process, Terminal terminal)
    {
        (_process, _terminal) = (process, terminal);
        _ = ReadAsync(process.StandardOutput);
        Ended = process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Where it listens, once it does; null: it ended before.</summary>
    public Task<ServedStudio?> Listening => _listening.Task;

    /// <summary>Its end.</summary>
    public Task Ended { get; }

    /// <summary>Its exit code, after its end.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts it. What it tells goes to standard error.</summary>
    public static ServerProcess Start(Terminal terminal, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(ProjectBuild.DotnetOfProcess, [typeof(ServerProcess).Assembly.Location, "serve", .. arguments, ServeCommand.UntilInputEnds, "--output", "ndjson"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new(Process.Start(start)!, terminal);
    }

    /// <summary>Has it end, and waits until it has: what it drives is given back, and its port is free.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await Ended.WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            _terminal.Error.WriteLine($"The server did not end within {Limit.TotalSeconds} seconds, and is killed. Its runs go on with the next one.");
            _process.Kill(entireProcessTree: true);
            await Ended;
        }

        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader output)
    {
        try
        {
            var line = await output.ReadLineAsync();
            _listening.TrySetResult(line is null ? null : JsonSerializer.Deserialize<ServedStudio>(line, SluiceJson.Options));
            // Whatever comes past the console must not fill the pipe.
            await output.BaseStream.CopyToAsync(Stream.Null);
        }
        catch (Exception exception) when (exception is IOException or JsonException or ObjectDisposedException)
        {
            _listening.TrySetResult(null);
        }
    }
}
