namespace Sluice.Abstractions.Tests.Specs;

public sealed class ProviderSpecTests
{
    [Fact]
    public void ToString_KeyAndHeaders_AreNotPrinted()
    {
        var provider = new ProviderSpec
        {
            Kind = "openai",
            ApiKey = "planted-key",
            Headers = new Dictionary<string, string> { ["authorization"] = "planted-header" },
        };
        var text = provider.ToString();
        text.ShouldContain("openai");
        text.ShouldNotContain("planted");
    }
}
