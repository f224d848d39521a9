using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.AI;

namespace Sluice.Tests.Snippets;

public static class StructuredOutputGuide
{
    // snippet: structured-output-type
    public sealed record Verdict([property: Range(0, 10)] int Score, [property: MinLength(1)] string Reason);
    // end

    public static async Task<string> JudgeAsync(IChatClient client, string answer)
    {
        // snippet: structured-output-ask
        ChatMessage[] messages =
        [
            new(ChatRole.System, "You judge answers from 0 (useless) to 10 (complete and right)."),
            new(ChatRole.User, answer),
        ];
        try
        {
            var result = await client.GetStructuredAsync<Verdict>(messages, new() { ChatOptions = new() { MaxOutputTokens = 500 } });
            return $"{result.Value.Score}: {result.Value.Reason}";
        }
        catch (StructuredOutputException exception) when (exception.Code == ErrorCodes.ModelRefused)
        {
            return "refused";
        }
        catch (StructuredOutputException exception)
        {
            return $"no verdict, {exception.Usage.OutputTokenCount} tokens: {exception.Message}";
        }
        // end
    }
}
