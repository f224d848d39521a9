using Sluice.Postgres.Connections;

namespace Sluice.Postgres.Tests.Connections;

public sealed class ConnectionTextTests
{
    [Theory]
    [InlineData("Host=h;Port=planted-secret")]
    [InlineData("Host=h;planted-secret")]
    [InlineData("Host=h;Passwort=planted-secret")]
    [InlineData("Username=u;Password=planted-secret")]
    public void Parse_OfATextThatCannotBeRead_IsRefusedWithoutQuotingIt(string text) =>
        Should.Throw<ArgumentException>(() => ConnectionText.Parse(text)).ToString().ShouldNotContain("planted");

    [Theory]
    [InlineData("Host=h", 20)]
    [InlineData("Host=h;Maximum Pool Size=7", 7)]
    public void Parse_OfAPoolSize_KeepsWhatIsGiven(string text, int expected) => ConnectionText.Parse(text).MaxPoolSize.ShouldBe(expected);

    [Fact]
    public void Describe_OfAServer_LeavesOutThePassword() =>
        ConnectionText.Describe(ConnectionText.Parse("Host=h;Username=u;Password=planted-secret;Database=d")).ShouldBe("database 'd' on 'h:5432' as 'u'");
}
