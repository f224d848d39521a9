using Sluice.Data;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Search;
using Sluice.Sqlite.TargetDatabase;
using Sluice.Sqlite.Tests.TargetDatabase;
using SQLitePCL;

namespace Sluice.Sqlite.Tests.Connections;

/// <summary>Stores beside queries that take all the memory that the engine gives.</summary>
[Collection(EngineMemoryCollection.Name)]
public sealed class EngineMemoryTests : IDisposable
{
    private static readonly DataScope Scope = new("acme");

    private readonly TemporaryStore _store = new();
    private readonly SampleDatabase _sample = new();

    private string DataPath => Path.Combine(_store.Folder, "data.db");

    private DataSource Data => new() { Url = DataPath };

    public void Dispose()
    {
        _store.Dispose();
        _sample.Dispose();
    }

    /// <summary>The limit is set to where the work has got a little further each time, so it is met at every place where memory is asked for.</summary>
    [Fact]
    public async Task Stores_WhereMemoryEndsAtAnyPlace_WriteOnceAndRead()
    {
        await using var storage = _store.Open();
        var provider = new SqliteDataProvider();
        await using var catalog = await provider.OpenCatalogAsync(Data, default);
        await using var documents = await provider.OpenKeyValueAsync(Data, default);
        await using var index = SqliteSearchIndex.Open(Path.Combine(_store.Folder, "index.db"));
        var step = 0;
        for (long spare = 0; spare < 96 * 1024; spare += 1 + (spare / 8), step++)
        {
            EngineMemory.Instance.Enter();
            try
            {
                Limit(spare);
                (await storage.AppendAsync("run-1", step + 1, bytes: 3000)).ShouldBeTrue();
                Limit(spare);
                (await storage.ReadAsync("run-1", step)).Count.ShouldBe(1);
                Limit(spare);
                await catalog.UpsertAsync(Scope, [Entry(step)], default);
                Limit(spare);
                (await catalog.ListAsync(Scope, new CatalogFilter(), default).CountAsync()).ShouldBe(step + 1);
                Limit(spare);
                await documents.SetAsync(Scope, $"k{step}", new byte[5000], default);
                Limit(spare);
                (await documents.GetAsync(Scope, $"k{step}", default))!.Length.ShouldBe(5000);
                Limit(spare);
                await index.PutAsync(Scope, [new() { Id = $"d{step}", Hash = "h", ItemType = CatalogItemType.Table, EntryName = "orders", QualifiedName = "main.orders", Name = $"order {step}", Content = "the orders of customers" }], default);
                Limit(spare);
                (await index.FindAsync(Scope, new() { Terms = ["customers"], Limit = 50 }, default)).Count.ShouldBe(Math.Min(step + 1, 50));
                Limit(spare);
                await using (_store.Open())
                {
                    // Opening is work of the engine too.
                }
            }
            finally
            {
                EngineMemory.Instance.Leave(this);
            }
        }
        raw.sqlite3_hard_heap_limit64(-1).ShouldBe(0);
        (await storage.ReadAsync("run-1")).Select(entry => entry.Sequence).ShouldBe(Enumerable.Range(1, step).Select(sequence => (long)sequence));
        _store.ShouldBeWhole();
    }

    [Fact]
    public async Task Stores_BesideHostileCompilations_FailNothingAndWriteOnce()
    {
        await using var storage = _store.Open();
        var provider = new SqliteDataProvider();
        await using var catalog = await provider.OpenCatalogAsync(Data, default);
        await using var documents = await provider.OpenKeyValueAsync(Data, default);
        await using var target = _sample.Open();
        var hostile = BoundedStatements.All.Where(statement => statement.Family == "compile_memory").ToList();
        hostile.Count.ShouldBeGreaterThan(2);

        var attack = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            foreach (var statement in hostile) (await target.FailAsync(statement.Sql)).Rule.ShouldBe("memory");
        })));
        var work = await Task.WhenAll(Enumerable.Range(0, 3).Select(worker => Task.Run(async () =>
        {
            var step = 0;
            while (!attack.IsCompleted)
            {
                step++;
                (await storage.AppendAsync($"run-{worker}", step, bytes: 200_000)).ShouldBeTrue();
                (await storage.ReadAsync($"run-{worker}", step - 1)).Count.ShouldBe(1);
                await catalog.UpsertAsync(Scope, [Entry((worker * 1000) + (step % 20))], default);
                (await catalog.ListAsync(Scope, new CatalogFilter(), default).CountAsync()).ShouldBeGreaterThan(0);
                await documents.SetAsync(Scope, $"{worker}/{step}", new byte[300_000], default);
            }
            return step;
        })));
        await attack;

        for (var worker = 0; worker < work.Length; worker++)
        {
            work[worker].ShouldBeGreaterThan(0);
            (await storage.ReadAsync($"run-{worker}")).Select(entry => entry.Sequence).ShouldBe(Enumerable.Range(1, work[worker]).Select(sequence => (long)sequence));
            for (var step = 1; step <= work[worker]; step++) (await documents.GetAsync(Scope, $"{worker}/{step}", default))!.Length.ShouldBe(300_000);
        }
        raw.sqlite3_hard_heap_limit64(-1).ShouldBe(0);
        _store.ShouldBeWhole();
    }

    [Fact]
    public async Task Relief_WhileAStatementIsCompiled_WaitsAndKeepsOthersWaiting()
    {
        EngineMemory.Instance.Enter();
        var first = EngineMemory.Instance.Compile(() => { });
        var relief = Task.Run(EngineMemory.Instance.Relieve);
        using var looked = new ManualResetEventSlim();
        var second = Task.Run(() => EngineMemory.Instance.Compile(looked.Set).Dispose());

        looked.Wait(TemporaryStore.Patience).ShouldBeTrue();
        relief.IsCompleted.ShouldBeFalse();
        first.Dispose();
        using (await relief) raw.sqlite3_hard_heap_limit64(-1).ShouldBe(0);
        await second;
        raw.sqlite3_hard_heap_limit64(-1).ShouldBeGreaterThan(0);
        EngineMemory.Instance.Leave(this);
        raw.sqlite3_hard_heap_limit64(-1).ShouldBe(0);
    }

    [Fact]
    public void Query_WhileAnotherIsCompiled_IsNotEndedForItsMemory()
    {
        using var watch = new Watch(TimeProvider.System, TemporaryStore.Patience, GuardLayers.All);
        raw.sqlite3_open_v2(":memory:", out var handle, raw.SQLITE_OPEN_READWRITE, vfs: null).ShouldBe(raw.SQLITE_OK);
        raw.sqlite3_prepare_v2(handle, $"SELECT randomblob({EngineMemory.LimitBytes + 1_000_000})", out var statement).ShouldBe(raw.SQLITE_OK);
        raw.sqlite3_step(statement).ShouldBe(raw.SQLITE_ROW);

        using (EngineMemory.Instance.Compile(() => { })) watch.Look(null).ShouldBe(0);
        watch.Look(null).ShouldBe(1);
        raw.sqlite3_finalize(statement).ShouldBe(raw.SQLITE_OK);
        raw.sqlite3_close_v2(handle).ShouldBe(raw.SQLITE_OK);
    }

    private static void Limit(long spare) => raw.sqlite3_hard_heap_limit64(raw.sqlite3_memory_used() + spare);

    private static CatalogEntry Entry(int number) =>
        new() { Id = $"table:{number}", ItemType = CatalogItemType.Table, Name = $"orders_{number}", QualifiedName = $"main.orders_{number}", Content = new string('c', 2000) };
}
