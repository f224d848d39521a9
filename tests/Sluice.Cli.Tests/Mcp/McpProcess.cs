using System.Diagnostics;
using System.Text;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Sluice.Cli.Tests.Processes;

namespace Sluice.Cli.Tests.Mcp;

/// <summary>The program as a server, and what it wrote.</summary>
internal sealed class McpProcess : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly MemoryStream _written = new();
    private readonly StringBuilder _told = new();
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private McpProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>What it wrote to standard output, where clients read.</summary>
    public string Written => Encoding.UTF8.GetString(_written.ToArray());

    /// <summary>What it wrote to standard error.</summary>
    public string Told
    {
        get
        {
            lock (_told) return _told.ToString();
        }
    }

    public static McpProcess Start(string folder, IReadOnlyDictionary<string, string?> variables, params IReadOnlyList<string> arguments) =>
        new(Process.Start(SluiceProcess.StartInfo(folder, variables, ["mcp", "serve", .. arguments]))!);

    /// <summary>The SDK's client on the program's standard streams.</summary>
    public Task<McpClient> ConnectAsync(McpClientHandlers? handlers = null) => McpClient.CreateAsync(
        new StreamClientTransport(_process.StandardInput.BaseStream, new RecordingStream(_process.StandardOutput.BaseStream, _written)),
        new() { Handlers = handlers ?? new() }, cancellationToken: TestContext.Current.CancellationToken).WaitAsync(Patience);

    /// <summary>Where it says that it listens.</summary>
    public Task<string> AddressAsync() => _address.Task.WaitAsync(Patience);

    public void Interrupt() => Process.Start("kill", ["-INT", $"{_process.Id}"]).WaitForExit();

    /// <summary>Closes its input, as a client does that is done, and waits for its end.</summary>
    public Task<int> CloseAsync()
    {
        _process.StandardInput.Close();
        return ExitCodeAsync();
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await _written.DisposeAsync();
    }

    private void Hear(string? line)
    {
        lock (_told) _told.Append(line).Append('\n');
        if (line is null) _address.TrySetException(new InvalidOperationException($"It ended: {Told}"));
        else if (line.Split(' ').FirstOrDefault(word => word.StartsWith("http://", StringComparison.Ordinal)) is { } address) _address.TrySetResult(address.TrimEnd('.'));
    }
}
