using Sluice.Journal;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.KeyValue;
using static Sluice.Sqlite.Tests.Samples;

namespace Sluice.Sqlite.Tests.Processes;

/// <summary>What a second process does to a store.</summary>
internal static class ChildWork
{
    public const string Append = "append";
    public const string HoldLock = "hold-lock";
    public const string Decide = "decide";
    public const string SetValues = "set-values";
    public const int Runs = 16;

    public static IReadOnlyDictionary<string, Func<string, Task<int>>> Verbs { get; } = new Dictionary<string, Func<string, Task<int>>>
    {
        [Append] = AppendAsync,
        [HoldLock] = HoldLockAsync,
        [Decide] = DecideAsync,
        [SetValues] = SetValuesAsync,
    };

    /// <summary>What <see cref="SetValues"/> writes under a key: large enough that many pages are written.</summary>
    public static byte[] ValueOf(string key) => [.. Enumerable.Range(0, 20_000).Select(number => (byte)((number * 7919) ^ key[number % key.Length]))];

    /// <summary>Writes values for as long as it lives, and says which were acknowledged.</summary>
    private static async Task<int> SetValuesAsync(string path)
    {
        await using var store = SqliteKeyValueStore.Open(path, options: new() { BusyTimeout = TemporaryStore.Patience });
        for (var i = 0; ; i++)
        {
            await store.SetAsync(new("acme"), $"child/{i:D6}", ValueOf($"child/{i:D6}"), default);
            Console.WriteLine($"child/{i:D6}");
        }
    }

    /// <summary>Appends to many runs at once for as long as it lives, and says what was acknowledged.</summary>
    private static async Task<int> AppendAsync(string path)
    {
        await using var storage = SqliteStorage.Open(path);
        await Task.WhenAll(Enumerable.Range(0, Runs).Select(run => Task.Run(() => AppendAsync(storage, $"run-{run}"))));
        return 0;
    }

    private static async Task AppendAsync(SqliteStorage storage, string runId)
    {
        var last = await storage.ReadAsync(runId) is [.., var entry] ? entry : null;
        var lease = await storage.Leases.TryAcquireAsync(Tenant, runId, $"owner-{Environment.ProcessId}", Noon, default)
            ?? new($"owner-{Environment.ProcessId}", 1);
        while (true)
        {
            var next = Entry(runId, (last?.Sequence ?? 0) + 1, last?.Hash ?? JournalHash.Origin, bytes: 300);
            if (!await storage.Journal.AppendAsync(Tenant, Run(runId, next.Sequence), [next], lease, default)) throw new InvalidOperationException(runId);
            Console.WriteLine($"{runId} {next.Sequence}");
            last = next;
        }
    }

    /// <summary>Holds the write lock until a line arrives.</summary>
    private static Task<int> HoldLockAsync(string path)
    {
        using var connection = Connection.Open(path, TemporaryStore.Patience);
        connection.Execute("BEGIN IMMEDIATE");
        Console.WriteLine("held");
        Console.ReadLine();
        connection.Execute("COMMIT");
        Console.WriteLine("released");
        return Task.FromResult(0);
    }

    /// <summary>Decides what is pending, and appends to a run, each when a line arrives.</summary>
    private static async Task<int> DecideAsync(string path)
    {
        await using var storage = SqliteStorage.Open(path);
        var request = (await storage.Approvals.ListAsync(Tenant, ApprovalFilter.Pending, default)).Single();
        Console.WriteLine("found");
        Console.ReadLine();
        var decision = new ApprovalDecision { Outcome = ApprovalOutcome.Approve, DecidedBy = "ann", At = Noon, Mac = "m1" };
        var decided = request with { Status = ApprovalStatus.Decided, Decisions = [decision], Version = 2 };
        if (!await storage.Approvals.TryUpdateAsync(Tenant, decided, 1, default)) return 1;
        Console.ReadLine();
        return await storage.AppendAsync("run-1", 2) ? 0 : 1;
    }
}
