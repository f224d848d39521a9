using Npgsql;
using Sluice.Data;
using Sluice.Testing;
using Sluice.TestServers;

namespace Sluice.Postgres.Tests.Connections;

/// <summary>The catalog's contract where each transaction may meet another of two connections. The program is optional.</summary>
public sealed class PgBouncerDataTests(ServerFixture server) : CatalogStoreContract, IAsyncLifetime
{
    private DataSource _source = null!;
    private PgBouncer? _bouncer;

    public async ValueTask InitializeAsync()
    {
        if (PgBouncer.MissingReason is { } reason) Assert.Skip(reason);
        var settings = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync());
        _bouncer = await PgBouncer.StartAsync(settings.Port, settings.Username!, settings.Password!, poolSize: 2);
        settings.Port = _bouncer.Port;
        _source = DataSources.Of(settings.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (_bouncer is not null) await _bouncer.DisposeAsync();
    }

    protected override async ValueTask<ICatalogStore> CreateAsync() => await new PostgresDataProvider().OpenCatalogAsync(_source, Token);
}
