using Npgsql;
using Sluice.Storage;
using Sluice.Testing;
using Sluice.TestServers;

namespace Sluice.Postgres.Tests.Connections;

/// <summary>The journal's contract where each transaction may meet another of two connections. The program is optional.</summary>
public sealed class PgBouncerTests(ServerFixture server) : JournalStoreContract, IAsyncLifetime
{
    private string _connectionString = "";
    private PgBouncer? _bouncer;

    public async ValueTask InitializeAsync()
    {
        if (PgBouncer.MissingReason is { } reason) Assert.Skip(reason);
        var settings = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync());
        _bouncer = await PgBouncer.StartAsync(settings.Port, settings.Username!, settings.Password!, poolSize: 2);
        settings.Port = _bouncer.Port;
        _connectionString = settings.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        if (_bouncer is not null) await _bouncer.DisposeAsync();
    }

    protected override ValueTask<IRuntimeStorage> CreateAsync() => new(PostgresStorage.Open(_connectionString, new() { UseNotifications = false }));
}
