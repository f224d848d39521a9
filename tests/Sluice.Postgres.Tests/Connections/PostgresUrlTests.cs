using Npgsql;
using Sluice.Postgres.Connections;

namespace Sluice.Postgres.Tests.Connections;

public sealed class PostgresUrlTests
{
    [Fact]
    public void Address_WithEveryPart_IsRead()
    {
        var settings = PostgresUrl.Read("postgres://r%40der:p%2Fw%3Ad@db.example:6432/my%20shop?sslmode=verify-full&application_name=a");

        (settings.Host, settings.Port, settings.Username, settings.Password, settings.Database).ShouldBe(("db.example", 6432, "r@der", "p/w:d", "my shop"));
        (settings.SslMode, settings.ApplicationName).ShouldBe((SslMode.VerifyFull, "a"));
    }

    [Theory]
    [InlineData("mysql://u:planted@h/d")]
    [InlineData("postgres:planted")]
    [InlineData("postgres://u:planted@h")]
    [InlineData("postgres://h/planted")]
    [InlineData("postgres://u:planted@h/d?sslmode=planted")]
    [InlineData("postgres://u:planted@h/d?sslmode=3")]
    [InlineData("postgres://u:planted@h/d?planted=1")]
    [InlineData("postgres://u:planted@h:planted/d")]
    [InlineData("postgres://u:planted@h/d?connect_timeout=planted")]
    public void Address_ThatCannotBeRead_IsRefusedWithoutQuotingIt(string url)
    {
        var error = Should.Throw<SluiceException>(() => PostgresUrl.Read(url));

        error.Code.ShouldBe(ErrorCodes.InvalidDataEnvironment);
        error.ToString().ShouldNotContain("planted");
    }
}
