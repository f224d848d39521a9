using System.Diagnostics;
using Sluice.Runtime.Leases;

namespace Sluice.Runtime.Tests.Leases;

public sealed class OwnerNameTests
{
    [Fact]
    public void IsGone_OfThisProcess_IsFalse() => OwnerName.IsGone(OwnerName.Create()).ShouldBeFalse();

    [Fact]
    public void Create_Twice_GivesDifferentNames() => OwnerName.Create().ShouldNotBe(OwnerName.Create());

    [Fact]
    public async Task IsGone_OfAProcess_IsTrueOnlyOnceItWasKilled()
    {
        using var child = Process.Start(new ProcessStartInfo("sleep", "60"))!;
        var name = NameOf(child.Id, StartOf(child.Id));
        OwnerName.IsGone(name).ShouldBeFalse();
        OwnerName.IsGone(NameOf(child.Id, StartOf(child.Id) + 1)).ShouldBeTrue("its id was given to another process");

        child.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        OwnerName.IsGone(name).ShouldBeTrue();
    }

    [Theory]
    [InlineData("someone")]
    [InlineData("")]
    [InlineData("another-machine/1/1/abcd")]
    [InlineData("a/b/c/d")]
    public void IsGone_OfANameThatSaysNothingHere_IsFalse(string owner) => OwnerName.IsGone(owner).ShouldBeFalse();

    private static string NameOf(int processId, long started) => $"{OwnerName.Create().Split('/')[0]}/{processId}/{started}/abcd";

    private static long StartOf(int processId)
    {
        var text = File.ReadAllText($"/proc/{processId}/stat");
        return long.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[19]);
    }
}
