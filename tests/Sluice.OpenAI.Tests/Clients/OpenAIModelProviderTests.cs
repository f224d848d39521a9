using Microsoft.Extensions.AI;
using Sluice.OpenAI.Clients;

namespace Sluice.OpenAI.Tests.Clients;

public sealed class OpenAIModelProviderTests
{
    private static readonly OpenAIModelProvider Provider = new();

    [Fact]
    public void Provider_SaysWhatItServes()
    {
        Provider.Kind.ShouldBe("openai");
        Provider.ApiKeyEnv.ShouldBe("OPENAI_API_KEY");
        Provider.ModelPrefixes.ShouldBe(["gpt-", "chatgpt-", "o1", "o3", "o4"]);
    }

    [Theory]
    [InlineData("http://settings.test/v1", "http://environment.test/v1", "http://settings.test/v1")]
    [InlineData(null, "http://environment.test/v1", "http://environment.test/v1")]
    [InlineData(null, " ", "https://api.openai.com/v1")]
    [InlineData(null, null, "https://api.openai.com/v1")]
    public void Endpoint_IsTheSettingsThenTheEnvironmentsThenOpenAIs(string? settings, string? environment, string expected)
    {
        using var client = OpenAIChatClient.Create(
            new() { ApiKey = Samples.Key, BaseUrl = settings is null ? null : new(settings) }, environment, BytesHandler.Of(""));

        var metadata = client.GetService(typeof(ChatClientMetadata)).ShouldBeOfType<ChatClientMetadata>();

        metadata.ProviderName.ShouldBe("openai");
        metadata.ProviderUri.ShouldBe(new(expected));
        metadata.DefaultModelId.ShouldBeNull();
    }

    [Theory]
    [InlineData("ftp://host/v1")]
    [InlineData("/v1")]
    [InlineData("http://user:sk-planted-0123456789abcdef@host/v1")]
    public void Endpoint_ThatCannotBeUsed_IsRefused(string url)
    {
        var refusal = Should.Throw<SluiceException>(() => OpenAIChatClient.Create(new() { ApiKey = "key" }, url, BytesHandler.Of("")));

        refusal.Code.ShouldBe(ErrorCodes.InvalidOptions);
        refusal.Message.ShouldContain("OPENAI_BASE_URL");
        refusal.Message.ShouldNotContain(Samples.Key);
    }

    [Fact]
    public async Task Call_WithoutAModel_IsTheCallersMistake()
    {
        using var client = Samples.Client(BytesHandler.Of(""));

        await Should.ThrowAsync<ArgumentException>(() => client.AskAsync(new ChatOptions()));
    }

    [Fact]
    public async Task Client_ThatIsDisposed_MakesNoCall()
    {
        var client = Samples.Client(BytesHandler.Of(""));
        client.Dispose();

        await Should.ThrowAsync<ProviderException>(() => client.AskAsync());
    }

    [Fact]
    public void Service_OfTheClient_IsTheClientItself()
    {
        using var client = Samples.Client(BytesHandler.Of(""));

        client.GetService(typeof(IChatClient)).ShouldBeSameAs(client);
        client.GetService(typeof(string)).ShouldBeNull();
        client.GetService(typeof(IChatClient), "key").ShouldBeNull();
    }
}
