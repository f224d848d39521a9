using FsCheck;
using FsCheck.Fluent;
using Sluice.Journal;

namespace Sluice.Abstractions.Tests.Journal;

public sealed class StepKeyTests
{
    [Fact]
    public void Keys_OfTheFirstFrame_FollowTheGrammar()
    {
        var turn = StepKey.Turn(StepKey.Frame(null), 2);
        var call = StepKey.Call(turn, "call-7");

        turn.ShouldBe("main/2");
        call.ShouldBe("main/2/call-7");
        StepKey.Sub(call, "action/0").ShouldBe("main/2/call-7#action/0");
    }

    [Fact]
    public void Frame_OfASubAgent_IsTheCallThatOpenedIt()
    {
        var call = StepKey.Call(StepKey.Turn(StepKey.Main, 1), "toolu_1");

        StepKey.Turn(StepKey.Frame(call), 3).ShouldBe("main/1/toolu_1/3");
    }

    [Theory]
    [InlineData("run", "")]
    [InlineData("main", "main")]
    [InlineData("main/1", "main")]
    [InlineData("main/1/a", "main")]
    [InlineData("main/1/a#approval", "main")]
    [InlineData("main/1/a#action/0", "main")]
    [InlineData("main/1/a/2", "main/1/a")]
    [InlineData("main/1/a/2/b#action/10", "main/1/a")]
    [InlineData("main/1/a/2/b/3", "main/1/a/2/b")]
    public void FrameOf_AKey_IsTheFrameItStandsIn(string key, string frame) => StepKey.FrameOf(key).ToString().ShouldBe(frame);

    [Theory]
    [InlineData("run", null)]
    [InlineData("main", null)]
    [InlineData("main/1", null)]
    [InlineData("main/1/a~1b#approval", "a/b")]
    [InlineData("main/1/a/2", null)]
    [InlineData("main/1/a/2/~0~2", "~#")]
    public void ToolUseIdOf_AKey_IsTheCallsId(string key, string? id) => StepKey.ToolUseIdOf(key).ShouldBe(id);

    [Fact]
    public void Call_WithAnyId_GivesItBackAndStaysOneSegment()
    {
        var ids = ArbMap.Default.ArbFor<NonEmptyString>().Generator.Select(text => text.Get);
        var special = Gen.Elements('~', '/', '#', '0', '1', '2', 'a').NonEmptyListOf().Select(chars => new string([.. chars]));

        Prop.ForAll(Gen.OneOf(ids, special).ToArbitrary(), id =>
        {
            var call = StepKey.Call("main/1", id);
            var nested = StepKey.Sub(StepKey.Call(StepKey.Turn(StepKey.Frame(call), 1), id), "approval");
            return StepKey.ToolUseIdOf(call) == id && call.Count(letter => letter == '/') == 2 && !call.Contains('#')
                && StepKey.ToolUseIdOf(nested) == id && StepKey.FrameOf(nested).SequenceEqual(call);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Call_WithAnEmptyId_IsRefused() => Should.Throw<ArgumentException>(() => StepKey.Call("main/1", ""));

    [Fact]
    public void Sub_WithAHashInItsName_IsRefused() => Should.Throw<ArgumentException>(() => StepKey.Sub("main/1/a", "b#c"));

    [Fact]
    public void Turn_BelowOne_IsRefused() => Should.Throw<ArgumentOutOfRangeException>(() => StepKey.Turn("main", 0));
}
