using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Npgsql;
using Sluice.Data;
using Sluice.Postgres.Connections;
using Sluice.Postgres.Schema;

namespace Sluice.Postgres.Tests;

public sealed class PostgresDataProviderTests(ServerFixture server)
{
    private const string Tables = "select string_agg(table_name, ',' order by table_name) from information_schema.tables where table_schema = 'sluice_data'";

    private static readonly DataScope Scope = new("acme");
    private static readonly PostgresDataProvider Provider = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_OfAnEmptyDatabaseByManyAtOnce_MakesTheSchemaOnce()
    {
        var database = await server.CreateDatabaseAsync();
        var source = DataSources.Of(database);

        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => OpenAsync(i % 2 == 0)));

        foreach (var store in opened) await store.DisposeAsync();
        (await ServerFixture.ExecuteAsync(database, "select string_agg(version::text, ',') from sluice_data.data_schema_version")).ShouldBe("1");

        async Task<IAsyncDisposable> OpenAsync(bool isCatalog) =>
            isCatalog ? await Provider.OpenCatalogAsync(source, Token) : await Provider.OpenKeyValueAsync(source, Token);
    }

    [Fact]
    public async Task Open_OfNothingThatMayNotBeMade_SaysWhatToRun()
    {
        var database = await server.CreateDatabaseAsync();
        var owner = DataSources.Of(database);
        var (source, role) = await NarrowAsync(database);

        var error = await Should.ThrowAsync<SluiceException>(() => Provider.OpenCatalogAsync(source, Token));

        error.Code.ShouldBe(ErrorCodes.StoreSchema);
        error.ToString().ShouldNotContain("planted");
        (await ServerFixture.ExecuteAsync(database, Tables)).ShouldBe(DBNull.Value);
        var commands = error.Message.Split('\'').Where(part => part.StartsWith("grant ", StringComparison.Ordinal)).ToArray();
        commands.Length.ShouldBe(2);
        commands.ShouldAllBe(command => command.EndsWith($" to {role}"));
        await (await Provider.OpenKeyValueAsync(owner, Token)).DisposeAsync();
        foreach (var command in commands) await ServerFixture.ExecuteAsync(database, command);
        await using var store = await Provider.OpenKeyValueAsync(source, Token);
        await using var catalog = await Provider.OpenCatalogAsync(source, Token);
        await store.SetAsync(Scope, "a", new byte[] { 1 }, Token);
        (await store.RemoveAsync(Scope, "a", Token)).ShouldBeTrue();
        await catalog.UpsertAsync(Scope, [Entry("a")], Token);
        (await catalog.RemoveAsync(Scope, ["a"], Token)).ShouldBe(1);
    }

    [Fact]
    public async Task Open_ByARoleWithoutPrivileges_SaysWhichIsMissing()
    {
        var database = await server.CreateDatabaseAsync();
        await (await Provider.OpenCatalogAsync(DataSources.Of(database), Token)).DisposeAsync();
        var (source, _) = await NarrowAsync(database);

        var error = await Should.ThrowAsync<SluiceException>(() => Provider.OpenCatalogAsync(source, Token));

        (error.Code, error.Retryable).ShouldBe((ErrorCodes.StoreUnavailable, false));
        error.Message.ShouldContain("denies a privilege");
    }

    [Fact]
    public async Task Open_OfANewerSchema_IsRefusedNamingBothVersions()
    {
        var database = await server.CreateDatabaseAsync();
        var next = new SchemaScripts([.. SchemaScripts.Data.After(0).Select(script => script.Sql), "select 1"]) { VersionTable = SchemaScripts.Data.VersionTable };
        new SchemaGuard(new(database), DataDatabase.DefaultSchema, next).Migrate().ShouldBe((0, 2));

        foreach (var mayCreate in new[] { true, false })
        {
            var error = await Should.ThrowAsync<SluiceException>(() => Provider.OpenCatalogAsync(DataSources.Of(database) with { EnsureSchema = mayCreate }, Token));
            error.Code.ShouldBe(ErrorCodes.StoreSchema);
            error.Message.ShouldContain("has schema version 2; this build reads 1. Use a newer build.");
        }
    }

    [Fact]
    public async Task Data_InTheSchemaOfAStorage_KeepsApartFromIt()
    {
        var database = await server.CreateDatabaseAsync();
        await using var storage = PostgresStorage.Open(database);
        await using var store = await Provider.OpenKeyValueAsync(DataSources.Of(database) with { Schema = "sluice" }, Token);

        await store.SetAsync(Scope, "a", new byte[] { 1 }, Token);

        (await storage.AppendFirstAsync("run-1")).ShouldBeTrue();
        (await store.GetAsync(Scope, "a", Token)).ShouldBe([1]);
        (await ServerFixture.ExecuteAsync(database, Tables)).ShouldBe(DBNull.Value);
    }

    [Fact]
    public async Task Stores_WithOtherPrefixesOrSchemas_SeeNothingOfEachOther()
    {
        var source = DataSources.Of(await server.CreateDatabaseAsync());
        await using var one = await Provider.OpenKeyValueAsync(source with { Prefix = "one" }, Token);
        await using var other = await Provider.OpenKeyValueAsync(source with { Prefix = "oneacme" }, Token);
        await using var bare = await Provider.OpenKeyValueAsync(source, Token);
        await using var elsewhere = await Provider.OpenKeyValueAsync(source with { Prefix = "one", Schema = "elsewhere" }, Token);

        await one.SetAsync(Scope, "a", new byte[] { 1 }, Token);

        foreach (var store in new[] { other, bare, elsewhere })
        {
            (await store.GetAsync(Scope, "a", Token)).ShouldBeNull();
            (await store.RemoveAsync(Scope, "a", Token)).ShouldBeFalse();
            (await store.ListAsync(Scope, "", Token).ToListAsync(Token)).ShouldBeEmpty();
        }

        (await one.GetAsync(Scope, "a", Token)).ShouldBe([1]);
    }

    [Fact]
    public async Task Open_OfAServerThatRefuses_SaysWhyWithoutThePassword()
    {
        var database = await server.CreateDatabaseAsync();
        var settings = new NpgsqlConnectionStringBuilder(database);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        (await RefusedAsync($"postgres://{settings.Username}:planted-wrong@127.0.0.1:{settings.Port}/{settings.Database}")).ShouldContain("refuses the login");
        (await RefusedAsync($"postgres://{settings.Username}:{settings.Password}@127.0.0.1:{settings.Port}/nowhere")).ShouldContain("no such database");
        (await RefusedAsync($"postgres://{settings.Username}:planted-wrong@127.0.0.1:{port}/nowhere", retryable: true)).ShouldContain("cannot be reached");

        async Task<string> RefusedAsync(string url, bool retryable = false)
        {
            var error = await Should.ThrowAsync<SluiceException>(() => Provider.OpenKeyValueAsync(new() { Url = url }, Token));
            (error.Code, error.Retryable).ShouldBe((ErrorCodes.StoreUnavailable, retryable));
            error.ToString().ShouldNotContain("planted");
            return error.Message;
        }
    }

    [Theory]
    [InlineData("postgres://u:planted@h", null, null)]
    [InlineData("postgres://u:planted@h/d", "Data", null)]
    [InlineData("postgres://u:planted@h/d", "a\"; drop schema public; --", null)]
    [InlineData("postgres://u:planted@h/d", null, "a\0")]
    public async Task Open_OfASourceThatCannotBe_IsRefusedWithoutQuotingTheAddress(string url, string? schema, string? prefix)
    {
        var error = await Should.ThrowAsync<SluiceException>(() => Provider.OpenKeyValueAsync(new() { Url = url, Schema = schema, Prefix = prefix }, Token));

        error.Code.ShouldBe(ErrorCodes.InvalidDataEnvironment);
        error.ToString().ShouldNotContain("planted");
    }

    [Fact]
    public async Task Open_WithACancelledToken_Stops() =>
        await Should.ThrowAsync<OperationCanceledException>(() => Provider.OpenCatalogAsync(new() { Url = "postgres://u@127.0.0.1:1/d" }, new(canceled: true)));

    [Fact]
    public async Task Texts_OfTheGreatestLength_AreStoredAndFound()
    {
        var source = DataSources.Of(await server.CreateDatabaseAsync());
        var scope = new DataScope(Noise(512, 1), Noise(512, 2));
        var (id, name) = (Noise(512, 3), Noise(100_000, 4));
        await using var store = await Provider.OpenKeyValueAsync(source with { Prefix = Noise(5000, 5) }, Token);
        await using var catalog = await Provider.OpenCatalogAsync(source, Token);
        var entry = Entry(id) with { Name = name, QualifiedName = name, Metadata = new() { TableName = name, DatabaseId = name, DocumentId = name } };
        var twin = entry with { Id = "twin", QualifiedName = $"{name}x", Metadata = new() { TableName = $"{name}x", DocumentId = $"{name}x" } };

        await store.SetAsync(scope, id, new byte[] { 1 }, Token);
        await catalog.UpsertAsync(scope, [entry, twin], Token);

        (await store.GetAsync(scope, id, Token)).ShouldBe([1]);
        (await catalog.GetAsync(scope, [id], Token)).ShouldHaveSingleItem();
        (await catalog.FindAsync(scope, [name], Token)).ShouldHaveSingleItem().Id.ShouldBe(id);
        foreach (var filter in new CatalogFilter[] { new() { TableName = name }, new() { DocumentId = name }, new() { DatabaseId = name } })
            (await catalog.ListAsync(scope, filter, Token).ToListAsync(Token)).ShouldHaveSingleItem().Id.ShouldBe(id);
    }

    [Fact]
    public async Task List_OfManyEntriesWhoseNamesBeginAlike_GivesEachOnceInOrder()
    {
        await using var catalog = await Provider.OpenCatalogAsync(DataSources.Of(await server.CreateDatabaseAsync()), Token);
        var beginning = new string('n', 300);
        CatalogEntry[] entries = [.. Enumerable.Range(0, 1300).Select(i => Entry($"{i % 7}-{i}") with { QualifiedName = $"{beginning}{i / 3:D5}", Name = $"{i % 2}" })];
        await catalog.UpsertAsync(Scope, entries, Token);

        var listed = await catalog.ListAsync(Scope, new(), Token).ToListAsync(Token);

        listed.Select(entry => entry.Id).ShouldBe(entries.OrderBy(entry => entry.QualifiedName, StringComparer.Ordinal)
            .ThenBy(entry => entry.Name, StringComparer.Ordinal).ThenBy(entry => entry.Id, StringComparer.Ordinal).Select(entry => entry.Id));
    }

    [Fact]
    public async Task Profile_ThatIsOddJson_ComesBackAsItWasWritten()
    {
        await using var catalog = await Provider.OpenCatalogAsync(DataSources.Of(await server.CreateDatabaseAsync()), Token);
        var text = $$"""{"a":1.50,"a":1E+400,"nul":"\u0000","deep":{{new string('[', 300)}}{{new string(']', 300)}}}""";

        await catalog.UpsertAsync(Scope, [Entry("a") with { Metadata = new() { Profile = JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = 1000 }) } }], Token);

        (await catalog.GetAsync(Scope, ["a"], Token))[0].Metadata.Profile!.Value.GetRawText().ShouldBe(text);
    }

    /// <summary>Random letters of three bytes each, which nothing makes shorter.</summary>
    private static string Noise(int length, int seed)
    {
        var random = new Random(seed);
        return string.Create(length, random, static (span, random) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = (char)random.Next(0x4E00, 0x9FFF);
        });
    }

    private static CatalogEntry Entry(string id) => new() { Id = id, ItemType = CatalogItemType.Metric, Name = "n", QualifiedName = "q" };

    /// <summary>A role that owns nothing in a database of another, and may not make a schema.</summary>
    private async Task<(DataSource Source, string Role)> NarrowAsync(string database)
    {
        var role = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync());
        var source = DataSources.Of(new NpgsqlConnectionStringBuilder(role.ConnectionString) { Database = new NpgsqlConnectionStringBuilder(database).Database }.ConnectionString);
        return (source with { EnsureSchema = false }, role.Username!);
    }
}
