using System.Diagnostics;

namespace Sluice.Bench.Live;

/// <summary>The server's process: this program, started again.</summary>
internal sealed class LiveServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private LiveServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<LiveServerProcess> StartAsync()
    {
        var program = Environment.ProcessPath!;
        string[] arguments = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(LiveServerProcess).Assembly.Location, LiveServer.Command] : [LiveServer.Command];
        var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var address = await process.StandardOutput.ReadLineAsync();
        return new(process, new(address ?? throw new InvalidOperationException("The server of the live benchmark did not start.")));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
