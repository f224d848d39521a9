using System.Text.Json;
using Sluice.Data.Profiling;

namespace Sluice.Data.Tests.Profiling;

/// <summary>Data that nobody would make on purpose, and names that somebody did.</summary>
public sealed class OddDataTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Names_WithQuotesDotsKeywordsAndSigns_AreProfiledUnderTheirNames()
    {
        using var file = new SqliteFile("""
            create table "a.b ""c"" : d" ("select" integer primary key, "x.y=z#" text, "ä 漢 🙂" text, "'; drop table t; --" text, rowid text);
            insert into "a.b ""c"" : d" values (1, 'p', 'q', 'r', 's'), (2, 'p', 'q', 'r', 's');
            create table "a.b" ("c" text);
            create table a ("b.c" text);
            """);
        await using var desk = await ProfilingDesk.OpenAsync(file.Name);
        (await desk.RunAsync()).OfType<TableProfiledEvent>().Count().ShouldBe(3);
        var entries = await desk.EntriesAsync();
        entries.Select(entry => entry.Id).ShouldBeUnique();
        entries.ShouldContain(entry => entry.Id == """column:db:main."a.b ""c"" : d"."x.y=z#" """.TrimEnd());
        entries.ShouldContain(entry => entry.Id == """column:db:main."a.b".c""");
        entries.ShouldContain(entry => entry.Id == """column:db:main.a."b.c" """.TrimEnd());
        entries.Single(entry => entry.Metadata.ColumnName == "ä 漢 🙂").Metadata.Profile!.Value.GetProperty("distinctCount").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Tables_OfEveryOddKind_AreProfiledAndWhatCannotBeIsSaid()
    {
        using var file = new SqliteFile($"""
            create table wide ({string.Join(", ", Enumerable.Range(0, 2000).Select(i => $"c{i} {(i % 2 == 0 ? "integer" : "text")}"))});
            insert into wide (c0, c1, c1999) values (1, 'a', 'z'), (2, 'b', null);
            create table empty (id integer primary key, x text);
            create table nulls (a integer, b text, c, d blob);
            insert into nulls values (null, null, null, null), (null, null, null, null);
            create table unordered (code text primary key, n integer) without rowid;
            insert into unordered values ('a', 1), ('b', 2);
            create table computed (a integer, b integer generated always as (a * 2) stored, c text generated always as ('v' || a) virtual);
            insert into computed (a) values (1), (2), (3);
            create table blobs (id integer primary key, data blob, huge text, bad text, big integer, floats real);
            insert into blobs values (1, randomblob(2000000), printf('%.*c', 900000, 'x'), cast(x'ff41fe' as text), 9223372036854775807, 9e999),
                (2, x'00ff', 'small', cast(x'610062' as text), -9223372036854775808, -1e300), (3, null, null, null, null, 2.5);
            create view broken as select x from missing;
            create view dividing as select abs(-9223372036854775807 - 1) as x from blobs;
            create view fine as select a, b from computed;
            """);
        await using var desk = await ProfilingDesk.OpenAsync(file.Name);
        var events = await desk.RunAsync();
        events.OfType<TableFailedEvent>().Select(table => table.Table).ShouldBe(["main.dividing"]);
        events.OfType<TableProfiledEvent>().Count().ShouldBe(7);
        events[^1].ShouldBeOfType<ProfilingCompletedEvent>().Failed.ShouldBe(1);
        (await desk.EntryAsync("main.dividing:profiling_failed")).Content.ShouldContain("could not be profiled");
        (await ProfileAsync(desk, "main.wide.c1999")).GetProperty("nullCount").GetInt64().ShouldBe(1);
        (await ProfileAsync(desk, "main.nulls.c")).GetProperty("nullShare").GetDecimal().ShouldBe(1);
        (await ProfileAsync(desk, "main.unordered.n")).GetProperty("max").GetInt64().ShouldBe(2);
        (await ProfileAsync(desk, "main.computed.b")).GetProperty("mean").GetDecimal().ShouldBe(4);
        (await ProfileAsync(desk, "main.blobs.huge")).GetProperty("maxLength").GetInt64().ShouldBe(900_000);
        (await ProfileAsync(desk, "main.blobs.huge")).GetProperty("max").GetString()!.Length.ShouldBeLessThan(70);
        (await ProfileAsync(desk, "main.blobs.big")).GetProperty("max").GetInt64().ShouldBe(long.MaxValue);
        (await ProfileAsync(desk, "main.blobs.floats")).GetProperty("min").GetDouble().ShouldBe(-1e300);
        (await ProfileAsync(desk, "main.blobs.data")).GetProperty("storedTypes").GetProperty("blob").GetInt64().ShouldBe(2);
        (await desk.RunAsync()).OfType<TableSkippedEvent>().Count().ShouldBe(7);
    }

    [Fact]
    public async Task Column_ThatTheEngineCannotRead_LeavesTheOthersProfiled()
    {
        using var file = new SqliteFile("create table t (id integer primary key, huge text, small text); insert into t values (1, 'x', 'a'), (2, 'b', 'c')");
        await using var desk = await ProfilingDesk.OpenAsync(file.Name, wrap: inner => new InterruptedDatabase(inner, sql =>
            sql.Contains("\"huge\"", StringComparison.Ordinal) ? new QueryException(ErrorCodes.QueryFailed, "value_size", "A value is longer than values may be.") : null));
        (await desk.RunAsync()).OfType<TableProfiledEvent>().ShouldHaveSingleItem();
        (await ProfileAsync(desk, "main.t.small")).GetProperty("distinctCount").GetInt64().ShouldBe(2);
        (await ProfileAsync(desk, "main.t.huge")).TryGetProperty("distinctCount", out _).ShouldBeFalse();
        (await desk.EntryAsync("main.t.huge:unreadable_column")).Content.ShouldContain("longer than values may be");
    }

    [Fact]
    public async Task Dates_InFiveFormats_AreFoundWithTheirShares()
    {
        using var file = new SqliteFile("create table t (at text); insert into t values ('2020-01-31'), ('31.01.2020'), ('01/31/2020'), ('20200131'), ('31 Jan 2020')");
        await using var desk = await ProfilingDesk.OpenAsync(file.Name);
        await desk.RunAsync();
        (await ProfileAsync(desk, "main.t.at")).GetProperty("formats").EnumerateArray().Select(format => format.GetProperty("format").GetString()).Order()
            .ShouldBe(["date_compact", "date_dmy", "date_iso", "date_mdy", "date_named"]);
        (await desk.EntryAsync("main.t.at:dates_in_text")).Metadata.Extra["count"].GetInt64().ShouldBe(5);
    }

    [Fact]
    public async Task Types_OfPostgres_AreProfiledOrLeftAsTheyAre()
    {
        await using var desk = await ProfilingDesk.OpenAsync(await postgres.CreateAsync("""
            create type mood as enum ('sad', 'happy');
            create table t (id integer primary key, f double precision, n numeric, tags text[], doc jsonb, plain json, feeling mood, span int4range, host inet, at timestamptz,
                day date, clock time, flag boolean, code uuid, raw bytea, price money, fixed char(5), gap interval, "select" text);
            insert into t select i, case i when 1 then 'NaN' when 2 then 'Infinity' else i::double precision end, case i when 1 then 'NaN' when 2 then 1e60 + 0.5 else i::numeric end, array['a', null], '{"a": 1}', '{}',
                case when i % 2 = 0 then 'sad' else 'happy' end::mood, int4range(i, i + 2), '10.0.0.1', case i when 1 then 'infinity' else '2020-01-01 10:00+02' end::timestamptz,
                case i when 1 then '4000-01-01' else '2020-01-01' end::date, '10:00', i % 2 = 0, md5(i::text)::uuid, '\x00ff', i, 'ab', '1 day', 'v' from generate_series(1, 40) as i;
            create view failing as select 1 / (id - id) as x from t;
            create table secret (a int);
            create table partly (a int, b int);
            """, "create function deny() returns void language plpgsql as $$ begin end $$"));
        var events = await desk.RunAsync();
        events.OfType<TableFailedEvent>().Select(table => table.Table).ShouldBe(["public.failing"]);
        (await ProfileAsync(desk, "public.t.f")).GetProperty("max").GetDouble().ShouldBe(40);
        (await ProfileAsync(desk, "public.t.f")).GetProperty("mean").GetDecimal().ShouldBe(21.5m);
        (await ProfileAsync(desk, "public.t.n")).GetProperty("max").ToString().ShouldStartWith("1000000");
        (await ProfileAsync(desk, "public.t.feeling")).GetProperty("isEnum").GetBoolean().ShouldBeTrue();
        (await ProfileAsync(desk, "public.t.flag")).GetProperty("topValues")[0].GetProperty("count").GetInt64().ShouldBe(20);
        (await ProfileAsync(desk, "public.t.at")).GetProperty("min").GetString().ShouldBe("2020-01-01 08:00:00+00:00");
        (await ProfileAsync(desk, "public.t.tags")).GetProperty("nullCount").GetInt64().ShouldBe(0);
        (await desk.EntriesAsync(CatalogItemType.EnumValue)).Select(entry => entry.QualifiedName).ShouldContain("public.t.feeling=sad");
        (await desk.EntriesAsync(CatalogItemType.DataQualityFinding)).Select(entry => entry.QualifiedName).ShouldContain("public.t.f:not_finite");
        (await desk.RunAsync()).OfType<TableSkippedEvent>().Count().ShouldBe(3);
    }

    private static async Task<JsonElement> ProfileAsync(ProfilingDesk desk, string column) => (await desk.EntryAsync(column)).Metadata.Profile!.Value;
}
