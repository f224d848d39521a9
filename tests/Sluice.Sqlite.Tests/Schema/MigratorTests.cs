using Sluice.Sqlite.Schema;

namespace Sluice.Sqlite.Tests.Schema;

public sealed class MigratorTests : IDisposable
{
    private const string First = "CREATE TABLE one (id INTEGER); INSERT INTO one VALUES (7)";
    private const string Second = "ALTER TABLE one ADD COLUMN name TEXT; CREATE TABLE two (id INTEGER)";

    private readonly TemporaryStore _store = new();

    public MigratorTests() => File.WriteAllBytes(_store.Path, []);

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Migrate_OfAnOlderStore_RunsWhatIsMissingAndKeepsTheRows()
    {
        using var connection = _store.Connect();
        new Migrator([First]).Migrate(connection).ShouldBe(new(0, 1));

        Should.Throw<SluiceException>(() => new Migrator([First, Second]).RequireCurrent(connection)).Message.ShouldContain("migrate");
        new Migrator([First, Second]).Migrate(connection).ShouldBe(new(1, 2));
        new Migrator([First, Second]).Migrate(connection).ShouldBe(new(2, 2));

        connection.Number("SELECT id FROM one WHERE name IS NULL").ShouldBe(7);
        new Migrator([First, Second]).RequireCurrent(connection);
    }

    [Fact]
    public void Migrate_WhoseScriptFails_ChangesNothing()
    {
        using var connection = _store.Connect();
        new Migrator([First]).Migrate(connection);

        Should.Throw<SluiceException>(() => new Migrator([First, Second + "; nonsense"]).Migrate(connection));

        new Migrator([First]).RequireCurrent(connection);
        connection.Number("SELECT count(*) FROM sqlite_schema").ShouldBe(1);
        new Migrator([First, Second]).Migrate(connection).ShouldBe(new(1, 2));
    }
}
