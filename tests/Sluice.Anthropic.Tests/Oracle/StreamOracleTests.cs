using Sluice.Anthropic.Tests.Wire;

namespace Sluice.Anthropic.Tests.Oracle;

/// <summary>The official SDK reads the same streams; what it makes of them is what we must make of them.</summary>
public sealed class StreamOracleTests
{
    public static TheoryData<string> Names => [.. RecordedStreams.Documented.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Stream_ReadByBoth_ComesToTheSame(string name)
    {
        var stream = RecordedStreams.Documented[name];
        using var ours = Clients.Ours(AnsweringHandler.Stream(stream));
        using var oracle = Clients.Oracle(AnsweringHandler.Stream(stream));
        (await Answer.ReadAsync(ours)).ShouldBe(await Answer.ReadAsync(oracle));
    }
}
