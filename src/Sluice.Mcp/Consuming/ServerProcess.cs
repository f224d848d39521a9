using System.Collections;
using System.Diagnostics;
using System.Text;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Sluice.Mcp.Consuming;

/// <summary>A server that is a program, with its standard streams. What it starts itself ends with it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int TailLength = 1000;

    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly Task _draining;
    private readonly string[] _passedOn;

    private ServerProcess(Process process, string[] passedOn)
    {
        (_process, _passedOn) = (process, passedOn);
        _draining = DrainAsync();
    }

    /// <summary>Starts the program.</summary>
    /// <exception cref="SluiceException">A variable is not set, or there is no such program.</exception>
    public static ServerProcess Start(McpServerSpec server)
    {
        var start = new ProcessStartInfo(server.Command!, server.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = server.WorkingDirectory ?? "",
        };
        start.Environment.Clear();
        foreach (var (name, value) in StdioClientTransportOptions.GetDefaultEnvironmentVariables()) start.Environment[name] = value;
        foreach (var name in server.EnvironmentVariables) start.Environment[name] = ServerVariables.Require(server, name);
        return new(Process.Start(start)!, [.. server.EnvironmentVariables.Select(name => start.Environment[name]!)]);
    }

    public IClientTransport CreateTransport(ConnectionState state) => new StreamClientTransport(
        _process.StandardInput.BaseStream,
        new BoundedStream(
            _process.StandardOutput.BaseStream, lineBreaks: 1, ConsumingLimits.MessageBytes,
            () => state.Refuse($"It sent a message of more than {ConsumingLimits.MessageBytes} bytes.")));

    /// <summary>How the program ended and what it said last, in a line; null: it runs.</summary>
    public async ValueTask<string?> DescribeEndAsync()
    {
        // The streams are closed a little before the exit code is there.
        if (!await HasExitedAsync(ConsumingLimits.Grace).ConfigureAwait(false)) return null;
        await _draining.WaitAsync(ConsumingLimits.Grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        string said;
        lock (_errors) said = _errors.ToString();
        // What the program was given in confidence it may write where people read.
        foreach (var secret in _passedOn.Where(value => value.Length > 0)) said = said.Replace(secret, "***", StringComparison.Ordinal);
        var end = $"The program ended with exit code {_process.ExitCode}";
        return said.Length == 0 ? $"{end}." : $"{end} and said: {ServerText.Line(said, TailLength)}";
    }

    public async ValueTask DisposeAsync()
    {
        // A program that reads to the end of its input ends by itself.
        _process.StandardInput.BaseStream.Close();
        if (!await HasExitedAsync(ConsumingLimits.Grace).ConfigureAwait(false)) _process.Kill(entireProcessTree: true);
        await _draining.WaitAsync(ConsumingLimits.Grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _process.Dispose();
    }

    private async ValueTask<bool> HasExitedAsync(TimeSpan patience)
    {
        using var timer = new CancellationTokenSource(patience);
        await _process.WaitForExitAsync(timer.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _process.HasExited;
    }

    /// <summary>Reads what the program writes to standard error, so that it never waits for a reader, and keeps the end.</summary>
    private async Task DrainAsync()
    {
        var buffer = new char[TailLength];
        try
        {
            while (await _process.StandardError.ReadAsync(buffer).ConfigureAwait(false) is var read and > 0)
            {
                lock (_errors)
                {
                    _errors.Append(buffer, 0, read);
                    if (_errors.Length > 2 * TailLength) _errors.Remove(0, _errors.Length - (2 * TailLength));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The stream went with the program.
        }
    }
}
