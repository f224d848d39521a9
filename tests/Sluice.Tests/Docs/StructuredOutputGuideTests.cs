using Microsoft.Extensions.AI;
using Sluice.Testing;
using Sluice.Tests.Snippets;

namespace Sluice.Tests.Docs;

public sealed class StructuredOutputGuideTests
{
    [Fact]
    public async Task CodeOfThePage_OnAnswersOfEveryKind_DoesWhatThePageSays()
    {
        (await StructuredOutputGuide.JudgeAsync(FunctionChatClient.Replies("""{"score":11,"reason":"good"}""", """{"score":9,"reason":"good"}"""), "4"))
            .ShouldBe("9: good");
        (await StructuredOutputGuide.JudgeAsync(FunctionChatClient.Replies(new ChatMessage(ChatRole.Assistant, [new ErrorContent("No.")])), "4"))
            .ShouldBe("refused");
        (await StructuredOutputGuide.JudgeAsync(FunctionChatClient.Replies("well", "hm"), "4")).ShouldStartWith("no verdict,");
    }
}
