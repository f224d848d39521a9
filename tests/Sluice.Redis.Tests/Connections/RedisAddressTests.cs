using Sluice.Redis.Connections;

namespace Sluice.Redis.Tests.Connections;

public sealed class RedisAddressTests
{
    private const string Secret = "planted-secret";

    [Fact]
    public void Parse_OfAFullAddress_ReadsAllOfIt()
    {
        var address = RedisAddress.Parse("rediss://ann%40shop:p%3A%2F%40w%20d:x@db.example:7000/3");

        (address.Host, address.Port, address.Database, address.IsTls).ShouldBe(("db.example", 7000, 3, true));
        (address.User, address.Password).ShouldBe(("ann@shop", "p:/@w d:x"));
        address.ToString().ShouldBe("rediss://db.example:7000/3");
    }

    [Theory]
    [InlineData("redis://db", "db", null, null, "redis://db:6379/0")]
    [InlineData("redis://db/", "db", null, null, "redis://db:6379/0")]
    [InlineData("redis://:pw@db", "db", null, "pw", "redis://db:6379/0")]
    [InlineData("redis://ann@db/2", "db", "ann", null, "redis://db:6379/2")]
    [InlineData("redis://[::1]:7000", "::1", null, null, "redis://[::1]:7000/0")]
    public void Parse_OfAShortAddress_FillsInTheRest(string url, string host, string? user, string? password, string text)
    {
        var address = RedisAddress.Parse(url);

        (address.Host, address.User, address.Password, address.ToString()).ShouldBe((host, user, password, text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("planted-secret")]
    [InlineData("http://ann:planted-secret@db")]
    [InlineData("redis:planted-secret")]
    [InlineData("redis://ann:planted-secret@")]
    [InlineData("redis://ann:planted-secret#x@db")]
    [InlineData("redis://ann:planted-secret@db:0")]
    [InlineData("redis://ann:planted-secret@db:70000")]
    [InlineData("redis://ann:planted-secret@db/orders")]
    [InlineData("redis://ann:planted-secret@db/-1")]
    [InlineData("redis://ann:planted-secret@db/1?ssl=true")]
    public void Parse_OfWhatIsNoAddress_SaysTheFormAndNotTheText(string url)
    {
        var exception = Should.Throw<SluiceException>(() => RedisAddress.Parse(url));

        exception.Code.ShouldBe("invalid_data_environment");
        exception.Message.ShouldContain("redis://[user:password@]host[:port][/database]");
        exception.ToString().ShouldNotContain(Secret);
    }
}
