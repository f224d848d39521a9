namespace Sluice.Runtime.Tests.References;

/// <summary>What other tests allocate must not be counted, so these run alone.</summary>
[CollectionDefinition(nameof(LargeValueTests), DisableParallelization = true)]
[Collection(nameof(LargeValueTests))]
public sealed class LargeValueTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Value_OfAHundredMegabytes_IsReadWithOneCopy()
    {
        var spec = Define.Runtime(
            Define.Tenant("acme", "v1"), [Define.Specialist("clerk", "m", "p")], references: [Define.Reference("Anything", Office.Json("true"))]);
        await using var runtime = Office.Create(spec);
        var rows = new string[100_000];
        Array.Fill(rows, new string('x', 1000));
        var written = GC.GetTotalAllocatedBytes(precise: true);
        var envelope = await runtime.CreateReferenceAsync("Anything", rows);
        written = GC.GetTotalAllocatedBytes(precise: true) - written;
        envelope.Bytes.ShouldBeGreaterThan(100_000_000);

        var read = GC.GetTotalAllocatedBytes(precise: true);
        var value = await runtime.ResolveReferenceAsync(envelope.ToHandle());
        read = GC.GetTotalAllocatedBytes(precise: true) - read;
        value.GetArrayLength().ShouldBe(100_000);
        output.WriteLine($"{envelope.Bytes:n0} bytes; allocated in all: {written:n0} to store it, {read:n0} to read it.");
        read.ShouldBeLessThan((long)(envelope.Bytes * 1.3));
        written.ShouldBeLessThan((long)(envelope.Bytes * 6.0));
    }
}
