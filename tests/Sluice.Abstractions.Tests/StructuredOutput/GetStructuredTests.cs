using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.JsonSchemas;
using Sluice.Models;
using Sluice.Testing;

namespace Sluice.Abstractions.Tests.StructuredOutput;

public sealed class GetStructuredTests
{
    private static readonly ChatMessage[] Question = [new(ChatRole.System, "You judge."), new(ChatRole.User, "Is it good?")];

    private sealed record Verdict([property: Range(0, 10)] int Score, string Reason, DateOnly? Day = null);

    [Fact]
    public async Task Answer_ThatIsValid_IsReadWithUsageAndModel()
    {
        var client = Answers.Client("""{"score":7,"reason":"fine","day":"2026-01-31"}""");

        var result = await client.GetStructuredAsync<Verdict>(Question);

        result.Value.ShouldBe(new(7, "fine", new(2026, 1, 31)));
        result.IsRepaired.ShouldBeFalse();
        result.Model.ShouldBe("judge-1");
        result.Usage.InputTokenCount.ShouldBe(10);
        var request = client.Requests.ShouldHaveSingleItem();
        request.Messages.Count.ShouldBe(2);
        var format = request.Options!.ResponseFormat.ShouldBeOfType<ChatResponseFormatJson>();
        format.SchemaName.ShouldBe("Verdict");
        format.Schema!.Value.GetRawText().ShouldBe(JsonSchemaDerivation.Derive<Verdict>().GetRawText());
    }

    [Fact]
    public async Task Answer_ThatIsNotValid_IsSentBackOnceWithEverythingThatIsWrong()
    {
        var client = Answers.Client("""{"score":11}""", """{"score":1,"reason":"bad"}""");

        var result = await client.GetStructuredAsync<Verdict>(Question);

        result.Value.ShouldBe(new(1, "bad"));
        result.IsRepaired.ShouldBeTrue();
        result.Usage.InputTokenCount.ShouldBe(20);
        result.Usage.OutputTokenCount.ShouldBe(4);
        var second = client.Requests[1];
        second.Messages.Count.ShouldBe(4);
        second.Messages[2].Role.ShouldBe(ChatRole.Assistant);
        second.Messages[2].Text.ShouldBe("""{"score":11}""");
        second.Messages[3].Role.ShouldBe(ChatRole.User);
        second.Messages[3].Text.ShouldContain("- /score: 11 must be at most 10.\n- (root): \"reason\" is required");
        second.Messages[3].Text.ShouldEndWith("Answer again with JSON only: one value that matches the schema.");
        second.Options!.ResponseFormat.ShouldBeOfType<ChatResponseFormatJson>();
    }

    [Fact]
    public async Task Answer_ThatIsStillNotValid_FailsWithTheViolationsTheBeginningAndTheUsage()
    {
        var client = Answers.Client("no", """{"score":-1,"reason":"bad"}""");

        var error = await Should.ThrowAsync<StructuredOutputException>(client.GetStructuredAsync<Verdict>(Question));

        error.Code.ShouldBe(ErrorCodes.InvalidOutput);
        error.Message.ShouldBe("""
            The model's answer is not valid, also after it was told why:
            - /score: -1 must be at least 0.
            The answer begins: {"score":-1,"reason":"bad"}
            """.ReplaceLineEndings("\n"));
        error.Violations.ShouldHaveSingleItem().InstancePath.ShouldBe("/score");
        error.AnswerBeginning.ShouldBe("""{"score":-1,"reason":"bad"}""");
        error.Usage.InputTokenCount.ShouldBe(20);
        error.Model.ShouldBe("judge-1");
        client.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Answer_ThatIsNotValidWithoutRepair_FailsAtOnce()
    {
        var client = Answers.Client("no");

        var error = await Should.ThrowAsync<StructuredOutputException>(client.GetStructuredAsync<Verdict>(Question, new() { AllowRepair = false }));

        error.Message.ShouldBe("The model's answer is not valid:\n- (root): There is no JSON object or array in the answer.\nThe answer begins: no");
    }

    [Fact]
    public async Task Answer_ThatTheSchemaAllowsAndTheTypeDoesNot_IsSentBack()
    {
        var client = Answers.Client("""{"score":1,"reason":"x","day":"someday"}""", """{"score":1,"reason":"x","day":"2026-02-01"}""");

        (await client.GetStructuredAsync<Verdict>(Question)).Value.Day.ShouldBe(new(2026, 2, 1));

        client.Requests[1].Messages[^1].Text.ShouldContain("- /day: The value cannot be read");
    }

    [Fact]
    public async Task Schema_GivenAsJson_GivesTheElement()
    {
        var schema = JsonElement.Parse("""{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}""");

        var result = await Answers.Client("""{"n":3}""").GetStructuredAsync(Question, schema, new() { SchemaName = "count", SchemaDescription = "How many." });

        result.Value.GetProperty("n").GetInt32().ShouldBe(3);
        await Should.ThrowAsync<JsonSchemaException>(() => Answers.Client("{}").GetStructuredAsync(Question, JsonElement.Parse("""{"type":"nothing"}""")));
    }

    [Fact]
    public async Task Request_WithoutResponseFormat_HasTheSchemaInASystemMessage()
    {
        var client = Answers.Client("""{"score":7,"reason":"fine"}""");
        var options = new ChatOptions { ModelId = "m", ResponseFormat = ChatResponseFormat.Text };

        await client.GetStructuredAsync<Verdict>(Question, new() { UseResponseFormat = false, ChatOptions = options });

        var request = client.Requests.Single();
        request.Options!.ModelId.ShouldBe("m");
        request.Options.ResponseFormat.ShouldBeNull();
        request.Messages.Select(message => message.Role).ShouldBe([ChatRole.System, ChatRole.System, ChatRole.User]);
        request.Messages[1].Text.ShouldContain(JsonSchemaDerivation.Derive<Verdict>().GetRawText());
        options.ResponseFormat.ShouldBe(ChatResponseFormat.Text);
    }

    [Fact]
    public async Task Refusal_ByAnErrorOrAFilter_IsToldAsThat()
    {
        var byError = await Should.ThrowAsync<StructuredOutputException>(
            Answers.Client(Answers.Of([new ErrorContent("I will not judge that.")])).GetStructuredAsync<Verdict>(Question));
        byError.Code.ShouldBe(ErrorCodes.ModelRefused);
        byError.Message.ShouldBe("The model refused to answer: I will not judge that.");
        byError.Usage.InputTokenCount.ShouldBe(10);

        var byFilter = await Should.ThrowAsync<StructuredOutputException>(
            Answers.Client(Answers.Text("", ChatFinishReason.ContentFilter)).GetStructuredAsync<Verdict>(Question));
        byFilter.Code.ShouldBe(ErrorCodes.ModelRefused);

        var second = Answers.Client(Answers.Text("no"), Answers.Text("Sorry.", ChatFinishReason.ContentFilter));
        var onRepair = await Should.ThrowAsync<StructuredOutputException>(second.GetStructuredAsync<Verdict>(Question));
        onRepair.Code.ShouldBe(ErrorCodes.ModelRefused);
        onRepair.Message.ShouldContain("Sorry.");
        onRepair.Usage.InputTokenCount.ShouldBe(20);
    }

    [Fact]
    public async Task Answer_CutOffAtTheTokenLimit_IsToldAsThatUnlessItIsWhole()
    {
        var client = Answers.Client(Answers.Text("""{"score":7,"reason":"fi""", ChatFinishReason.Length));
        var error = await Should.ThrowAsync<StructuredOutputException>(client.GetStructuredAsync<Verdict>(Question));
        error.Code.ShouldBe(ErrorCodes.InvalidOutput);
        error.Message.ShouldStartWith("The model's answer was cut off at the token limit.");
        client.Requests.Count.ShouldBe(1);

        var whole = Answers.Client(Answers.Text("""{"score":7,"reason":"fine"} I sco""", ChatFinishReason.Length));
        (await whole.GetStructuredAsync<Verdict>(Question)).Value.Score.ShouldBe(7);
    }

    [Fact]
    public async Task Answer_WithoutText_IsToldAsThat()
    {
        var client = Answers.Client(Answers.Of([new FunctionCallContent("c", "look")], ChatFinishReason.ToolCalls));

        var error = await Should.ThrowAsync<StructuredOutputException>(client.GetStructuredAsync<Verdict>(Question));

        error.Code.ShouldBe(ErrorCodes.InvalidOutput);
        error.Message.ShouldStartWith("The model's answer is empty");
        client.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Failure_OfTheProvider_PassesThrough()
    {
        var failure = new ProviderException(ErrorCodes.ProviderOverloaded, "Too much to do.");
        var client = new FunctionChatClient((_, _, _) => throw failure);

        (await Should.ThrowAsync<ProviderException>(client.GetStructuredAsync<Verdict>(Question))).ShouldBeSameAs(failure);
        await Should.ThrowAsync<OperationCanceledException>(
            new FunctionChatClient((_, _, token) => throw new OperationCanceledException(token)).GetStructuredAsync<Verdict>(Question));
    }

    [Fact]
    public async Task Answer_OfACallThatWasMadeAgain_IsTheLastOne()
    {
        var reason = new ErrorInfo { Code = ErrorCodes.ProviderUnavailable, Message = "It broke off." };
        var retry = new RetryContent { Provider = "p", ModelId = "m", Attempt = 2, Reason = reason, Delay = TimeSpan.Zero };

        var result = await Answers.Client(Answers.Of([new TextContent("""{"score":1,"rea"""), retry, new TextContent("""{"score":2,"reason":"x"}""")]))
            .GetStructuredAsync<Verdict>(Question);

        result.Value.Score.ShouldBe(2);
    }
}
