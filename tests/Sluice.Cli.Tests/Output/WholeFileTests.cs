using Sluice.Cli.Output;

namespace Sluice.Cli.Tests.Output;

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

    [Fact]
    public async Task Write_OverAFile_KeepsWhoMayReadIt()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Modes are those of Unix.");
            return;
        }

        var file = _desk.Write("catalog.jsonl", "old");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await WriteAsync(file);

        File.ReadAllText(file).ShouldBe("new");
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Write_ToADevice_LeavesItADevice()
    {
        Assert.SkipUnless(File.Exists("/dev/null"), "The device is one of Unix.");

        await WriteAsync("/dev/null");

        File.ReadAllText("/dev/null").ShouldBeEmpty();
    }

    private static Task<int> WriteAsync(string path) => WholeFile.WriteAsync(path, async stream =>
    {
        await stream.WriteAsync("new"u8.ToArray());
        return 0;
    });
}
