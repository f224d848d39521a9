namespace Sluice.Postgres.Tests.TargetDatabase;

/// <summary>Warnings where the settings of a guard protect nothing.</summary>
public sealed class RowSecurityCheckTests(ServerFixture server)
{
    [Fact]
    public async Task Tables_ThatAreAllBehindPolicies_AreNotWarnedAbout()
    {
        var data = await RowSecurityDatabase.CreateAsync(server, hasOthers: false);
        await using var database = await data.OpenAsync(RowSecurityDatabase.GuardOf("a") with { RefusePrivilegedRole = true });

        (await database.CheckAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("create table open_one (id int)", "row_security_missing", "public.open_one")]
    [InlineData("alter table events_b disable row level security", "row_security_missing", "public.events_b")]
    [InlineData("create materialized view copy as select 1 as id", "row_security_missing", "public.copy")]
    [InlineData("create view outlook as select * from auth.members", "row_security_missing", "public.outlook")]
    [InlineData("alter table invoices no force row level security", "row_security_passed", "public.totals")]
    [InlineData("alter table lines no force row level security; grant {owner} to {reader}", "row_security_passed", "public.lines")]
    [InlineData("create view peek as select * from invoices; alter view peek owner to postgres", "row_security_passed", "public.peek")]
    [InlineData("create view peek as select * from invoices; create view far as select * from peek; alter view peek owner to postgres", "row_security_passed", "public.far")]
    [InlineData("alter role {reader} bypassrls", "bypass_row_security", "BYPASSRLS")]
    [InlineData("alter role {reader} bypassrls", "row_security_passed", "public.invoices")]
    [InlineData("alter role {reader} superuser", "superuser", "superuser")]
    [InlineData("alter role {reader} superuser", "row_security_passed", "public.invoices")]
    public async Task Relation_ThatShowsForeignRows_IsWarnedAbout(string change, string code, string name)
    {
        var data = await RowSecurityDatabase.CreateAsync(server, hasOthers: false);
        var owner = (string)(await data.ExecuteAsync("select current_user::text"))!;
        await data.ExecuteAsSuperuserAsync($"{change.Replace("{owner}", owner, StringComparison.Ordinal)}; grant select on all tables in schema public to {{reader}}");
        await using var database = await data.OpenAsync(RowSecurityDatabase.GuardOf("a"));

        var warnings = await database.CheckAsync(CancellationToken.None);

        warnings.ShouldContain(warning => warning.Code == code && warning.Message.Contains(name));
    }

    [Fact]
    public async Task Relation_OutsideTheGuard_IsNotWarnedAbout()
    {
        var data = await RowSecurityDatabase.CreateAsync(server, hasOthers: false);
        await data.ExecuteAsync("create table open_one (id int); alter table events_b disable row level security");
        await data.GrantAsync();

        await using var narrow = await data.OpenAsync(RowSecurityDatabase.GuardOf("a") with { Tables = ["invoices"] });
        await using var wide = await data.OpenAsync(RowSecurityDatabase.GuardOf("a") with { Tables = ["events"] });
        await using var without = await data.OpenAsync(new());

        (await narrow.CheckAsync(CancellationToken.None)).ShouldBeEmpty();
        (await wide.CheckAsync(CancellationToken.None)).ShouldHaveSingleItem().Message.ShouldContain("'public.events_b'");
        (await without.CheckAsync(CancellationToken.None)).ShouldBeEmpty();
    }
}
