using Sluice.Sqlite.Connections;
using static Sluice.Sqlite.Tests.Samples;

namespace Sluice.Sqlite.Tests.Processes;

public sealed class DiskTests
{
    [Fact]
    public async Task Writes_ToAFullDisk_FailClearlyAndGoOnWhenThereIsSpaceAgain()
    {
        using var disk = SmallDisk.Mount(megabytes: 8);
        await using (var storage = SqliteStorage.Open(disk.StorePath))
        {
            for (var round = 0; round < 3; round++)
            {
                disk.Fill();
                var last = await AppendUntilFullAsync(storage, $"run-{round}");
                (await storage.ReadAsync($"run-{round}")).Count.ShouldBe(last);
                var put = await Should.ThrowAsync<SluiceException>(async () => await storage.PutAsync(Reference($"ref-{round}", 1), new byte[2_000_000]));
                put.Code.ShouldBe(ErrorCodes.StoreFull);

                disk.Free();
                (await storage.AppendAsync($"run-{round}", last + 1)).ShouldBeTrue();
                (await storage.ReadAsync($"run-{round}")).Count.ShouldBe(last + 1);
            }
        }

        using var connection = Connection.Open(disk.StorePath, TemporaryStore.Patience);
        connection.Text("PRAGMA integrity_check").ShouldBe("ok");
    }

    [Fact]
    public async Task Open_OnADiskThatIsReadOnly_SaysThatItCannotBeWritten()
    {
        using var disk = SmallDisk.Mount(megabytes: 8);
        await using (var storage = SqliteStorage.Open(disk.StorePath)) await storage.AppendAsync("run-1", 1);
        disk.MakeReadOnly();

        foreach (var path in new[] { disk.StorePath, disk.StorePath + ".new" })
        {
            var refused = Should.Throw<SluiceException>(() => SqliteStorage.Open(path));
            refused.Code.ShouldBe(ErrorCodes.StoreUnavailable);
            refused.Message.ShouldContain(path);
        }
    }

    [Fact]
    public void Open_OfANewStoreOnAFullDisk_SaysSo()
    {
        using var disk = SmallDisk.Mount(megabytes: 1);
        disk.Fill();

        Should.Throw<SluiceException>(() => SqliteStorage.Open(disk.StorePath)).Code.ShouldBe(ErrorCodes.StoreFull);
    }

    private static async Task<int> AppendUntilFullAsync(SqliteStorage storage, string runId)
    {
        for (var sequence = 1; ; sequence++)
        {
            try
            {
                (await storage.AppendAsync(runId, sequence, bytes: 10_000)).ShouldBeTrue();
            }
            catch (SluiceException e)
            {
                e.Code.ShouldBe(ErrorCodes.StoreFull);
                return sequence - 1;
            }
        }
    }
}
