using System.Net;
using System.Text;
using Sluice.ModelServer;
using Sluice.ModelServer.OpenAI;

namespace Sluice.OpenAI.Tests.Failures;

/// <summary>Answers that are no success, over a real connection: one attempt, the right code, a message that helps.</summary>
public sealed class ErrorAnswerTests
{
    [Theory]
    [InlineData(400, "provider_rejected", false)]
    [InlineData(401, "provider_auth", false)]
    [InlineData(403, "provider_auth", false)]
    [InlineData(404, "provider_rejected", false)]
    [InlineData(408, "provider_unavailable", true)]
    [InlineData(409, "provider_unavailable", true)]
    [InlineData(413, "provider_rejected", false)]
    [InlineData(422, "provider_rejected", false)]
    [InlineData(429, "provider_rate_limited", true)]
    [InlineData(500, "provider_unavailable", true)]
    [InlineData(502, "provider_unavailable", true)]
    [InlineData(503, "provider_overloaded", true)]
    [InlineData(529, "provider_overloaded", true)]
    public async Task Status_OfAnAnswer_DecidesTheCode(int status, string code, bool retryable)
    {
        await using var server = await LocalModelServer.StartAsync(_ => ChatCompletions.Error(status, "some_error", null, "This went wrong."));
        using var client = Samples.Client(server);

        var failure = await client.FailAsync();

        (failure.Code, failure.Retryable, failure.Status).ShouldBe((code, retryable, status));
        failure.Message.ShouldContain("This went wrong.");
        failure.Message.ShouldContain(Samples.Model);
        server.Count.ShouldBe(1, "the runtime decides about another attempt");
    }

    [Theory]
    [InlineData(400, "invalid_request_error", "context_length_exceeded", "This model's maximum context length is 8192 tokens.", "context_too_long")]
    [InlineData(400, "BadRequestError", null, "This model's maximum context length is 8192 tokens. However, you requested 9000.", "context_too_long")]
    [InlineData(400, "exceed_context_size_error", null, "the request exceeds the available context size", "context_too_long")]
    [InlineData(429, "insufficient_quota", "insufficient_quota", "You exceeded your current quota.", "provider_rejected")]
    [InlineData(404, "invalid_request_error", "model_not_found", "The model does not exist.", "provider_rejected")]
    [InlineData(400, "invalid_request_error", "invalid_api_key", "Incorrect API key.", "provider_auth")]
    public async Task Error_ThatSaysMoreThanItsStatus_DecidesTheCode(int status, string type, string? code, string message, string expected)
    {
        await using var server = await LocalModelServer.StartAsync(_ => ChatCompletions.Error(status, type, code, message));
        using var client = Samples.Client(server);

        var failure = await client.FailAsync();

        failure.Code.ShouldBe(expected);
        failure.Retryable.ShouldBeFalse();
        failure.Message.ShouldContain(message);
    }

    [Fact]
    public async Task Quota_ThatIsUsedUp_SaysThatWaitingDoesNotHelp()
    {
        await using var server = await LocalModelServer.StartAsync(
            _ => ChatCompletions.Error(429, "insufficient_quota", "insufficient_quota", "You exceeded your current quota.", Header("retry-after", "20")));
        using var client = Samples.Client(server);

        (await client.FailAsync()).Message.ShouldContain("no quota left");
    }

    [Theory]
    [InlineData("retry-after", "7", 7000)]
    [InlineData("retry-after", "0.5", 500)]
    [InlineData("retry-after-ms", "1250", 1250)]
    [InlineData("retry-after", "-3", 0)]
    [InlineData("retry-after", "1e300", 86_400_000)]
    public async Task RetryAfter_OfAnAnswer_IsThePause(string header, string value, double milliseconds)
    {
        await using var server = await LocalModelServer.StartAsync(
            _ => ChatCompletions.Error(429, "tokens", "rate_limit_exceeded", "Slow down.", Header(header, value)));
        using var client = Samples.Client(server);

        (await client.FailAsync()).RetryAfter.ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
    }

    [Theory]
    [InlineData("Fri, 27 Nov 2026 12:00:30 GMT", 30)]
    [InlineData("Fri, 27 Nov 2026 11:00:00 GMT", 0)]
    [InlineData("soon", null)]
    public async Task RetryAfter_AsADate_CountsFromTheAnswersOwn(string value, int? seconds)
    {
        using var client = Samples.Client(new BytesHandler(["{}"u8.ToArray()])
        {
            Status = HttpStatusCode.TooManyRequests,
            ContentType = "application/json",
            Headers = new Dictionary<string, string> { ["date"] = "Fri, 27 Nov 2026 12:00:00 GMT", ["retry-after"] = value },
        });

        (await client.FailAsync()).RetryAfter.ShouldBe(seconds is { } pause ? TimeSpan.FromSeconds(pause) : null);
    }

    [Theory]
    [InlineData("""{"error":"model 'x' not found"}""", "application/json", "model 'x' not found")]
    [InlineData("""{"object":"error","message":"bad","type":"BadRequestError","code":400}""", "application/json", "bad")]
    [InlineData("""{"detail":"Not Found"}""", "application/json", "Not Found")]
    [InlineData("""[1,2]""", "application/json", "status 404")]
    [InlineData("", "application/json", "status 404")]
    [InlineData("""{"error":""", "application/json", """{"error":""")]
    [InlineData("no such page", "text/plain", "no such page")]
    [InlineData("<html><body>secret proxy page</body></html>", "text/html", "Check the base URL")]
    public async Task Body_OfAnyKind_IsReadAsFarAsItCanBe(string body, string contentType, string expected)
    {
        await using var server = await LocalModelServer.StartAsync(
            _ => new() { Status = 404, ContentType = contentType, Body = Encoding.UTF8.GetBytes(body) });
        using var client = Samples.Client(server);

        var failure = await client.FailAsync();

        failure.Code.ShouldBe(ErrorCodes.ProviderRejected);
        failure.Message.ShouldContain(expected);
        failure.Message.ShouldNotContain("secret proxy page");
    }

    [Fact]
    public async Task Body_ThatIsLong_IsCut()
    {
        await using var server = await LocalModelServer.StartAsync(_ => ChatCompletions.Error(500, "server_error", null, new('x', 100_000)));
        using var client = Samples.Client(server);

        (await client.FailAsync()).Message.Length.ShouldBeLessThan(1000);
    }

    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        await using var other = await LocalModelServer.StartAsync(request => ChatCompletions.Answer(request, ServedTurn.OfText("stolen")));
        await using var server = await LocalModelServer.StartAsync(_ => new()
        {
            Status = 307,
            ContentType = "text/plain",
            Body = default,
            Headers = Header("location", new Uri(other.Address, "/v1/chat/completions").AbsoluteUri),
        });
        using var client = Samples.Client(server);

        (await client.FailAsync()).Status.ShouldBe(307);
        other.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Answer_ThatIsNoStream_IsUnavailable()
    {
        await using var server = await LocalModelServer.StartAsync(
            _ => new() { ContentType = "application/json", Body = Encoding.UTF8.GetBytes("""{"choices":[]}""") });
        using var client = Samples.Client(server);

        (await client.FailAsync()).Code.ShouldBe(ErrorCodes.ProviderUnavailable);
    }

    private static Dictionary<string, string> Header(string name, string value) => new() { [name] = value };
}
