using Sluice.Data;

namespace Sluice.Postgres.Tests.TargetDatabase;

/// <summary>What a guard narrows, and what it must leave alone.</summary>
public sealed class GuardTests(TargetServer server) : IClassFixture<TargetServer>
{
    [Theory]
    [InlineData("select * from products")]
    [InlineData("select c.id from customers c join products p on p.id = c.id")]
    [InlineData("select exists (select 1 from products)")]
    [InlineData("select (select max(price) from public.products)")]
    [InlineData("with p as (table \"products\") select count(*) from p")]
    public async Task Tables_ThatAreNotListed_AreRefused(string sql)
    {
        await using var database = await server.OpenAsync(new() { Tables = ["Customers", "public.events"] });

        var error = await database.RefusalAsync(sql);

        (error.Code, error.Rule, error.ObjectName).ShouldBe((ErrorCodes.QueryRefused, "relation_not_allowed", "public.products"));
    }

    [Theory]
    [InlineData("select count(*) from customers")]
    [InlineData("select count(*) from events where at > '2025-01-05'")]
    [InlineData("select count(*) from card_ends")]
    public async Task Tables_ThatAreListed_AreReadAlsoByPartitionsAndThroughViews(string sql)
    {
        await using var database = await server.OpenAsync(new() { Tables = ["customers", "events", "card_ends"] }, isSuperuser: true);

        (await database.ReadAsync(sql)).Rows.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("select number from private.cards, card_ends")]
    [InlineData("select number from card_ends, \"private\".\"cards\"")]
    [InlineData("select customer_id as cards from card_ends")]
    public async Task RelationBehindAView_ThatTheStatementNames_IsRefused(string sql)
    {
        await using var database = await server.OpenAsync(isSuperuser: true);

        (await database.RefusalAsync(sql)).Rule.ShouldBe("relation_not_allowed");
    }

    [Theory]
    [InlineData("select email from customers")]
    [InlineData("select * from customers")]
    [InlineData("select c from customers c")]
    [InlineData("select row_to_json(c) from customers c")]
    [InlineData("select c::text from customers c")]
    [InlineData("select id from customers where email like 'c1%'")]
    [InlineData("select id from customers order by email")]
    [InlineData("select count(distinct email) from customers")]
    [InlineData("select upper(x.e) from (select email as e from customers offset 0) x")]
    [InlineData("select x.e from (select email as e from customers offset 0) x")]
    [InlineData("with x as materialized (select email e from customers) select e from x")]
    [InlineData("select o.id from orders o join customers c on c.email = o.status")]
    [InlineData("select (select max(email) from customers)")]
    [InlineData("select email from customers union all select name from products")]
    [InlineData("select row_number() over (order by email) from customers")]
    [InlineData("select country from customers group by country, email")]
    [InlineData("select max(id) from customers where email is null")]
    [InlineData("explain select email from customers")]
    [InlineData("with recursive r(x) as (select email from customers union all select x from r where false) select x from r")]
    [InlineData("with recursive r(x, n) as (select email, id from customers union select x, n from r) select max(x) from r")]
    [InlineData("select array(select email from customers)")]
    [InlineData("select email from customers union select status from orders")]
    [InlineData("select email from customers except select name from products")]
    [InlineData("select o.id, x.* from orders o, lateral (select email from customers c where c.id = o.customer_id limit 1) x")]
    [InlineData("select e from (select email e from customers order by id limit 3) x where e > 'a'")]
    [InlineData("select first_value(email) over (partition by country) from customers")]
    [InlineData("select * from customers natural join (select 'c1@example.org'::text as email) x")]
    [InlineData("select o.id from orders o join customers c on c.id = o.customer_id and c.email like 'c%' where o.status = 'open'")]
    [InlineData("select * from (table customers) x(a, b, c)")]
    public async Task DeniedColumn_HoweverItIsRead_IsRefused(string sql)
    {
        await using var database = await server.OpenAsync(new() { DeniedColumns = ["customers.EMAIL"] });

        var error = await database.RefusalAsync(sql);

        error.Rule.ShouldBe("column_denied");
        error.ObjectName!.ShouldStartWith("public.customers");
    }

    [Theory]
    [InlineData("select id, name from customers")]
    [InlineData("select count(*) from customers")]
    [InlineData("select country, count(*) from customers group by country order by 2")]
    [InlineData("select o.id, c.name from orders o join customers c on c.id = o.customer_id order by c.name limit 3")]
    [InlineData("select p.name as email from products p, customers c where c.id = p.id")]
    [InlineData("select x.n from (select name as n from customers offset 0) x")]
    [InlineData("select name, joined::date, date '2024-01-01' as email from customers")]
    public async Task OtherColumns_OfATableWithADeniedOne_AreRead(string sql)
    {
        await using var database = await server.OpenAsync(new() { DeniedColumns = ["public.customers.email"] });

        (await database.ReadAsync(sql)).Rows.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task DeniedColumn_OfAPartitionedTable_IsDeniedInItsPartitions()
    {
        await using var database = await server.OpenAsync(new() { DeniedColumns = ["events.amount"] });

        (await database.RefusalAsync("select sum(amount) from events")).Rule.ShouldBe("column_denied");
        (await database.RefusalAsync("select amount from events_2024")).Rule.ShouldBe("column_denied");
        (await database.ReadAsync("select count(kind) from events")).Rows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Function_OfTheList_IsCalledUnlessItMayWriteOrHasOtherRights()
    {
        await using var database = await server.OpenAsync(new() { Functions = ["full_price", "public.tidy", "peek", "bump"] });

        (await database.ReadAsync("select full_price(100), tidy(' a ')")).Rows[0].ShouldBe([119.00m, "a"]);
        (await database.RefusalAsync("select peek()")).Rule.ShouldBe("function_security_definer");
        (await database.RefusalAsync("select bump()")).Rule.ShouldBe("function_volatile");
    }

    [Fact]
    public async Task Cost_AboveTheLimit_IsRefusedBeforeItRuns()
    {
        const string sql = "select count(*) from customers a, customers b, customers c";
        await using var cheap = await server.OpenAsync(new() { MaxCost = 100 });
        await using var unlimited = await server.OpenAsync(new() { MaxCost = null });

        (await cheap.RefusalAsync(sql)).Rule.ShouldBe("cost");
        (await unlimited.ReadAsync(sql)).Rows[0][0].ShouldBe(216_000L);
    }

    [Fact]
    public async Task Role_ThatMayWrite_IsWarnedAboutOrRefused()
    {
        await using var weak = await server.OpenAsync(new() { RefusePrivilegedRole = true });
        await using var strong = await server.OpenAsync(isSuperuser: true);

        (await weak.CheckAsync(CancellationToken.None)).ShouldBeEmpty();
        (await strong.CheckAsync(CancellationToken.None)).ShouldHaveSingleItem().Code.ShouldBe("superuser");
        var refused = await Should.ThrowAsync<SluiceException>(() => server.OpenAsync(new() { RefusePrivilegedRole = true }, isSuperuser: true));
        refused.Code.ShouldBe(ErrorCodes.QueryRefused);
        refused.Message.ShouldContain("[superuser]");
    }
}
