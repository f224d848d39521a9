using Microsoft.Extensions.AI;
using Sluice.Anthropic.Tests.Wire;

namespace Sluice.Anthropic.Tests.Http;

/// <summary>Environment variables belong to the process, so these tests are one class and run one after the other.</summary>
public sealed class ModelProviderTests : IDisposable
{
    private const string BaseUrlEnv = "ANTHROPIC_BASE_URL";

    private readonly string? _before = Environment.GetEnvironmentVariable(BaseUrlEnv);

    public void Dispose() => Environment.SetEnvironmentVariable(BaseUrlEnv, _before);

    [Fact]
    public void Provider_Itself_SaysWhatItServes()
    {
        var provider = new AnthropicModelProvider();
        (provider.Kind, provider.ApiKeyEnv).ShouldBe(("anthropic", "ANTHROPIC_API_KEY"));
        provider.ModelPrefixes.ShouldBe(["claude-"]);
    }

    [Theory]
    [InlineData("http://given.example/", "http://environment.example", "http://given.example/")]
    [InlineData(null, "http://environment.example", "http://environment.example/")]
    [InlineData(null, null, "https://api.anthropic.com/")]
    public void BaseUrl_FromSettingsEnvironmentOrDefault_IsTheFirstThatIsThere(string? given, string? environment, string expected)
    {
        Environment.SetEnvironmentVariable(BaseUrlEnv, environment);
        using var client = new AnthropicModelProvider().CreateClient(new() { ApiKey = Clients.Key, BaseUrl = given is null ? null : new(given) });
        client.GetRequiredService<ChatClientMetadata>().ProviderUri!.AbsoluteUri.ShouldBe(expected);
    }

    [Fact]
    public void BaseUrl_OfTheEnvironmentThatIsNone_IsNamed()
    {
        Environment.SetEnvironmentVariable(BaseUrlEnv, "api.example.com");
        var refusal = Should.Throw<SluiceException>(() => new AnthropicModelProvider().CreateClient(new() { ApiKey = Clients.Key }));
        refusal.Code.ShouldBe(ErrorCodes.InvalidOptions);
        refusal.Message.ShouldContain(BaseUrlEnv);
    }

    [Fact]
    public async Task HttpClient_OfTheHost_IsUsedAndNotDisposed()
    {
        var handler = AnsweringHandler.Stream(RecordedStreams.Text);
        using var http = new HttpClient(handler);
        var provider = new AnthropicModelProvider(http);
        for (var round = 1; round <= 2; round++)
        {
            using var client = provider.CreateClient(new() { ApiKey = Clients.Key });
            await client.GetResponseAsync("hi", new() { ModelId = "claude-x" });
            handler.Requests.Count.ShouldBe(round);
        }
    }
}
