using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Sluice.TestServers;

/// <summary>A Redis server of its own on a free loopback port, with its data in a temporary folder that goes with it.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    /// <summary>The user of <see cref="Url"/>. It may do everything. The default user has a password that nobody knows.</summary>
    public const string User = "app";

    private readonly string _folder;
    private Process? _process;

    private RedisServer()
    {
        _folder = Path.Combine(Path.GetTempPath(), $"sluice-redis-{RandomNumberGenerator.GetHexString(12, lowercase: true)}");
        Password = RandomNumberGenerator.GetHexString(24, lowercase: true);
        Port = ServerPrograms.FreePort();
    }

    /// <summary>The port on 127.0.0.1; the same after a restart.</summary>
    public int Port { get; }

    /// <summary>The user's password.</summary>
    public string Password { get; }

    /// <summary>Connects the user to database 0.</summary>
    public string Url => $"redis://{User}:{Password}@127.0.0.1:{Port}";

    /// <summary>Why no server can be started here; null when one can.</summary>
    public static string? MissingReason => Program is null ? "The program 'redis-server' is not on the PATH. Install the package 'redis-server'." : null;

    private static string? Program => ServerPrograms.Find("redis-server", []);

    /// <summary>Makes a server and starts it. What a client was told is written survives the end of the server's process.</summary>
    /// <param name="settings">More lines of its configuration.</param>
    public static async Task<RedisServer> StartAsync(params IEnumerable<string> settings)
    {
        if (MissingReason is { } reason) throw new InvalidOperationException(reason);
        var server = new RedisServer();
        try
        {
            Directory.CreateDirectory(server._folder);
            await File.WriteAllLinesAsync(server.Configuration,
            [
                "bind 127.0.0.1", $"port {server.Port}", $"dir {server._folder}", "appendonly yes", "appendfsync always", "auto-aof-rewrite-percentage 0", "save \"\"", "daemonize no",
                $"user default on >{RandomNumberGenerator.GetHexString(24)} ~* &* +@all", $"user {User} on >{server.Password} ~* &* +@all", .. settings,
            ]);
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server again with its data.</summary>
    public async Task StartAgainAsync()
    {
        _process = Process.Start(new ProcessStartInfo(Program!, [Configuration])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = _process.StandardOutput.ReadToEndAsync();
        while (!await AnswersAsync())
        {
            if (_process.HasExited) throw new InvalidOperationException($"redis-server ended: {await output}");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    /// <summary>Ends the server as a crash does.</summary>
    public async Task KillAsync()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Ends the server and removes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private string Configuration => Path.Combine(_folder, "redis.conf");

    /// <summary>It refuses strangers, but not before its data is loaded.</summary>
    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port);
            await using var stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray());
            using var reader = new StreamReader(stream);
            return await reader.ReadLineAsync() is { } answer && !answer.StartsWith("-LOADING", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
