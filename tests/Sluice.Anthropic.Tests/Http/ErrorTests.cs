using Sluice.Anthropic.Tests.Wire;
using Sluice.ModelServer.Anthropic;
using Sluice.Testing;

namespace Sluice.Anthropic.Tests.Http;

public sealed class ErrorTests
{
    [Theory]
    [InlineData(400, "invalid_request_error", "messages: too few", ErrorCodes.ProviderRejected, false)]
    [InlineData(400, "invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum", ErrorCodes.ContextTooLong, false)]
    [InlineData(400, "invalid_request_error", "input length and `max_tokens` exceed context limit: 1 + 2 > 2", ErrorCodes.ContextTooLong, false)]
    [InlineData(401, "authentication_error", "invalid x-api-key", ErrorCodes.ProviderAuth, false)]
    [InlineData(403, "permission_error", "no", ErrorCodes.ProviderAuth, false)]
    [InlineData(404, "not_found_error", "model: claude-x", ErrorCodes.ProviderRejected, false)]
    [InlineData(413, "request_too_large", "too large", ErrorCodes.ProviderRejected, false)]
    [InlineData(429, "rate_limit_error", "slow down", ErrorCodes.ProviderRateLimited, true)]
    [InlineData(500, "api_error", "oh", ErrorCodes.ProviderUnavailable, true)]
    [InlineData(504, "timeout_error", "late", ErrorCodes.ProviderUnavailable, true)]
    [InlineData(529, "overloaded_error", "Overloaded", ErrorCodes.ProviderOverloaded, true)]
    public async Task Status_OfEachKind_HasItsCodeTypeMessageAndRequest(int status, string type, string message, string code, bool isRetryable)
    {
        var failure = await FailAsync(AnsweringHandler.Of(status, "application/json", Body(type, message), ("request-id", "req_7")));
        (failure.Code, failure.Retryable, failure.Status).ShouldBe((code, isRetryable, status));
        failure.Message.ShouldBe($"Anthropic at https://api.anthropic.com/v1/messages answered {status} ({type}): {message} (request req_7)");
        failure.RetryAfter.ShouldBeNull();
    }

    [Theory]
    [InlineData("overloaded_error", ErrorCodes.ProviderOverloaded)]
    [InlineData("rate_limit_error", ErrorCodes.ProviderRateLimited)]
    [InlineData("api_error", ErrorCodes.ProviderUnavailable)]
    [InlineData("timeout_error", ErrorCodes.ProviderTimeout)]
    [InlineData("authentication_error", ErrorCodes.ProviderAuth)]
    [InlineData("permission_error", ErrorCodes.ProviderAuth)]
    [InlineData("invalid_request_error", ErrorCodes.ProviderRejected)]
    [InlineData("an_error_of_tomorrow", ErrorCodes.ProviderUnavailable)]
    public async Task ErrorEvent_InMidStream_HasTheCodeOfItsType(string type, string code)
    {
        var stream = RecordedStreams.Text[..RecordedStreams.Text.IndexOf("event: content_block_stop", StringComparison.Ordinal)] + AnthropicEvent.Error(type, "Not now.");
        var failure = await FailAsync(AnsweringHandler.Stream(stream));
        failure.Code.ShouldBe(code);
        failure.Message.ShouldEndWith($"broke its answer off ({type}): Not now.");
        failure.Status.ShouldBeNull();
    }

    [Fact]
    public async Task ErrorEvent_WithoutAName_IsAnError()
    {
        var failure = await FailAsync(AnsweringHandler.Stream("data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"},\"request_id\":\"req_9\"}\n\n"));
        failure.Code.ShouldBe(ErrorCodes.ProviderOverloaded);
        failure.Message.ShouldContain("(request req_9)");
    }

    [Theory]
    [InlineData("retry-after", "17", 17_000)]
    [InlineData("retry-after", "1.5", 1500)]
    [InlineData("retry-after-ms", "250", 250)]
    [InlineData("retry-after", "Sat, 01 Jan 2000 00:00:00 GMT", 0)]
    [InlineData("retry-after", "99999999999999999999", 86_400_000)]
    [InlineData("retry-after", "soon", null)]
    [InlineData("retry-after", "-5", null)]
    public async Task RetryAfter_InEachForm_IsHowLongToWait(string header, string value, int? milliseconds)
    {
        var failure = await FailAsync(AnsweringHandler.Of(429, "application/json", Body("rate_limit_error", "x"), (header, value)));
        failure.RetryAfter?.TotalMilliseconds.ShouldBe((double)milliseconds!);
        (failure.RetryAfter is null).ShouldBe(milliseconds is null);
    }

    [Fact]
    public async Task RetryAfter_InBothForms_IsTheExactOne()
    {
        var failure = await FailAsync(AnsweringHandler.Of(529, "application/json", Body("overloaded_error", "x"), ("retry-after", "9"), ("retry-after-ms", "1200")));
        failure.RetryAfter.ShouldBe(TimeSpan.FromMilliseconds(1200));
    }

    [Fact]
    public async Task RetryAfter_AsADate_IsCountedFromTheClock()
    {
        var time = new ManualTimeProvider();
        var handler = AnsweringHandler.Of(503, "text/plain", "", ("retry-after", time.GetUtcNow().AddSeconds(90).ToString("r")));
        using var client = new AnthropicChatClient(new() { ApiKey = Clients.Key, DefaultModelId = Clients.Model, HttpClient = new(handler), TimeProvider = time });
        var failure = await Should.ThrowAsync<ProviderException>(() => Answer.ReadAsync(client));
        failure.RetryAfter!.Value.TotalSeconds.ShouldBe(90, tolerance: 1);
    }

    [Fact]
    public async Task Page_OfAProxy_IsNamedAsSuch()
    {
        var withStatus = await FailAsync(AnsweringHandler.Of(502, "text/html", "<html>\n <h1>Bad   Gateway</h1>" + new string('x', 100_000)));
        withStatus.Code.ShouldBe(ErrorCodes.ProviderUnavailable);
        withStatus.Message.ShouldContain("answered 502 with no error of the API but text/html: '<html> <h1>Bad Gateway</h1>xxx");
        withStatus.Message.Length.ShouldBeLessThan(500);
        var asSuccess = await FailAsync(AnsweringHandler.Of(200, "text/html", "<html>Sign in</html>"));
        asSuccess.Code.ShouldBe(ErrorCodes.ProviderFailed);
        asSuccess.Message.ShouldContain("answered with 'text/html' in place of a stream of events or JSON");
    }

    [Fact]
    public async Task Redirect_IsNotFollowedAndNamed()
    {
        var failure = await FailAsync(AnsweringHandler.Of(307, "text/plain", "", ("location", "https://elsewhere.example/")));
        failure.Message.ShouldContain("answered 307, a redirect to 'https://elsewhere.example/', which is not followed");
        failure.Retryable.ShouldBeFalse();
    }

    [Fact]
    public async Task Body_OfAnErrorThatIsCutInTheMiddle_IsStillTheStatus()
    {
        var failure = await FailAsync(AnsweringHandler.Of(429, "application/json", """{"type":"error","err"""));
        failure.Code.ShouldBe(ErrorCodes.ProviderRateLimited);
    }

    private static string Body(string type, string message) =>
        $$"""{"type":"error","error":{"type":"{{type}}","message":"{{message}}"},"request_id":"req_body"}""";

    private static async Task<ProviderException> FailAsync(HttpMessageHandler handler)
    {
        using var client = Clients.Ours(handler);
        return await Should.ThrowAsync<ProviderException>(() => Answer.ReadAsync(client));
    }
}
