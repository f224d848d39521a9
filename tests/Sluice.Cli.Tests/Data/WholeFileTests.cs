using Sluice.Cli.Data.Catalog;

namespace Sluice.Cli.Tests.Data;

public sealed class WholeFileTests : IDisposable
{
    private readonly CommandDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Write_ThatBreaksOff_LeavesTheOldFileAndNothingBesideIt()
    {
        var file = _desk.Write("catalog.jsonl", "old");

        var exception = await Should.ThrowAsync<IOException>(() => WholeFile.WriteAsync<int>(file, async stream =>
        {
            await stream.WriteAsync(new byte[100_000]);
            throw new IOException("No space left on device");
        }));

        exception.Message.ShouldBe($"'{file}' cannot be written: No space left on device");
        File.ReadAllText(file).ShouldBe("old");
        Directory.GetFiles(_desk.Folder).Select(Path.GetFileName).ShouldBe(["catalog.jsonl", "shop.db"], ignoreOrder: true);
    }
}
