using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Sluice.TestServers;

/// <summary>PgBouncer before a server, on a free loopback port. It hands out one of few connections for each transaction.</summary>
public sealed class PgBouncer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Process _process;

    private PgBouncer(string folder, int port, Process process) => (_folder, Port, _process) = (folder, port, process);

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Why it cannot be started here; null when it can.</summary>
    public static string? MissingReason => Program is null ? "The program 'pgbouncer' is not there. Install the package 'pgbouncer'." : null;

    private static string? Program => ServerPrograms.Find("pgbouncer", ["/usr/sbin"]);

    /// <summary>Starts it in transaction pooling. It logs in to the server as the given role, whoever connects.</summary>
    public static async Task<PgBouncer> StartAsync(int serverPort, string role, string password, int poolSize)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"sluice-bouncer-{RandomNumberGenerator.GetHexString(12, lowercase: true)}");
        Directory.CreateDirectory(folder);
        var port = ServerPrograms.FreePort();
        var settings = Path.Combine(folder, "pgbouncer.ini");
        await File.WriteAllTextAsync(settings, $"""
            [databases]
            * = host=127.0.0.1 port={serverPort} user={role} password={password}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = {poolSize}
            max_client_conn = 1000
            ignore_startup_parameters = extra_float_digits,search_path
            logfile = {folder}/log
            """);
        var user = ServerPrograms.OrdinaryUser();
        if (user is not null) await ServerPrograms.RunAsync(null, "chown", "-R", user, folder);
        // It changes to the user itself, so the process that is started is the one to stop.
        string[] arguments = user is null ? [settings] : ["-u", user, settings];
        var bouncer = new PgBouncer(folder, port, Process.Start(new ProcessStartInfo(Program!, arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!);
        await bouncer.UntilItAnswersAsync();
        return bouncer;
    }

    /// <summary>Stops it and removes its files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task UntilItAnswersAsync()
    {
        while (true)
        {
            if (_process.HasExited) throw new InvalidOperationException($"pgbouncer ended: {await _process.StandardError.ReadToEndAsync()}");
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }
    }
}
