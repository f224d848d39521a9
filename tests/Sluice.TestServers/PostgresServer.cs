using System.Security.Cryptography;

namespace Sluice.TestServers;

/// <summary>A PostgreSQL server of its own on a free loopback port, with its data in a temporary folder that goes with it.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The superuser. It passes row-level security; ordinary roles do not.</summary>
    public const string Superuser = "postgres";

    private readonly string _folder;
    private readonly string? _user;
    private readonly string _password;
    private readonly string _settings;
    private bool _isRunning;

    private PostgresServer(bool isDurable)
    {
        _folder = Path.Combine(Path.GetTempPath(), $"sluice-pg-{RandomNumberGenerator.GetHexString(12, lowercase: true)}");
        _password = RandomNumberGenerator.GetHexString(24, lowercase: true);
        _user = ServerPrograms.OrdinaryUser();
        Port = ServerPrograms.FreePort();
        _settings = $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=100 -c fsync={(isDurable ? "on" : "off")}"
            + $" -c synchronous_commit={(isDurable ? "on" : "off")} -c full_page_writes={(isDurable ? "on" : "off")}";
    }

    /// <summary>The port on 127.0.0.1; the same after a restart.</summary>
    public int Port { get; }

    /// <summary>Connects the superuser to the database <c>postgres</c>.</summary>
    public string ConnectionString => ConnectionStringOf(Superuser, _password, "postgres");

    /// <summary>Why no server can be started here; null when one can.</summary>
    public static string? MissingReason => Program("initdb") is null || Program("pg_ctl") is null
        ? "PostgreSQL's programs 'initdb' and 'pg_ctl' are neither on the PATH nor under /usr/lib/postgresql. Install the package 'postgresql'."
        : null;

    /// <summary>Makes a server and starts it.</summary>
    /// <param name="isDurable">Whether what is committed survives a crash: slower. False is for tests that never stop the server.</param>
    public static async Task<PostgresServer> StartAsync(bool isDurable = false)
    {
        if (MissingReason is { } reason) throw new InvalidOperationException(reason);
        var server = new PostgresServer(isDurable);
        try
        {
            await server.InitializeAsync();
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connects a role to a database of this server.</summary>
    public string ConnectionStringOf(string role, string password, string database) =>
        $"Host=127.0.0.1;Port={Port};Username={role};Password={password};Database={database}";

    /// <summary>Stops the server.</summary>
    /// <param name="immediate">As a crash does: transactions in flight are lost, and the next start recovers from the log.</param>
    public async Task StopAsync(bool immediate)
    {
        if (!_isRunning) return;
        await ControlAsync("stop", "-m", immediate ? "immediate" : "fast");
        _isRunning = false;
    }

    /// <summary>Starts the server again with its data; stops it first when it runs.</summary>
    public async Task RestartAsync()
    {
        await StopAsync(immediate: false);
        await StartAgainAsync();
    }

    /// <summary>Stops the server and removes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(immediate: true);
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private static string? Program(string name) => ServerPrograms.Find(name, Folders());

    /// <summary>Newest first.</summary>
    private static IEnumerable<string> Folders() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
        : [];

    private async Task InitializeAsync()
    {
        Directory.CreateDirectory(_folder);
        var passwordFile = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(passwordFile, _password);
        if (_user is not null) await ServerPrograms.RunAsync(null, "chown", "-R", _user, _folder);
        await ServerPrograms.RunAsync(
            _user, Program("initdb")!, "-D", Data, "-U", Superuser, $"--pwfile={passwordFile}", "-A", "scram-sha-256", "-E", "UTF8", "--no-locale", "--no-sync");
    }

    private string Data => Path.Combine(_folder, "data");

    private async Task StartAgainAsync()
    {
        await ControlAsync("start", "-l", Path.Combine(_folder, "log"), "-o", _settings);
        _isRunning = true;
    }

    private Task<string> ControlAsync(string command, params IEnumerable<string> arguments) =>
        ServerPrograms.RunAsync(_user, Program("pg_ctl")!, [command, "-D", Data, "-w", "-t", "60", .. arguments]);
}
