using Sluice.Evals.Judging;

namespace Sluice.Evals.Tests.Judging;

public sealed class JudgeFamilyTests
{
    [Theory]
    [InlineData("claude-sonnet-4-5", "claude-haiku-4-5")]
    [InlineData("claude-sonnet-4-5", "us.anthropic.claude-3-7-sonnet-v1:0")]
    [InlineData("gpt-5", "o3-mini")]
    [InlineData("chatgpt-4o-latest", "openai/gpt-5")]
    [InlineData("gemini-2.5-pro", "google/Gemini-2.5-flash")]
    [InlineData("qwen3:8b", "Qwen/Qwen2.5-Coder")]
    public void Models_OfOneHouse_AreOneFamily(string judge, string agent)
    {
        JudgeFamily.SameFamily(judge, agent).ShouldBeTrue();
        JudgeFamily.SameFamily(agent, judge).ShouldBeTrue();
    }

    [Theory]
    [InlineData("claude-sonnet-4-5", "gpt-5")]
    [InlineData("gemini-2.5-pro", "mistral-large")]
    [InlineData("claude-sonnet-4-5", null)]
    [InlineData("", "")]
    [InlineData("7b", "13b")]
    public void Models_OfDifferentOrUnknownHouses_AreNot(string? judge, string? agent) => JudgeFamily.SameFamily(judge, agent).ShouldBeFalse();
}
