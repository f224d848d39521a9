using Sluice.Studio.Hosting;

namespace Sluice.Studio.Tests.Hosting;

public sealed class StudioArgumentsTests
{
    [Fact]
    public void Arguments_OfEveryOption_AreRead()
    {
        var (arguments, problems) = Read("--host", "0.0.0.0", "--port=5000", "--auth-token-env", "TOKEN", "--store", "a b.db", "--no-page");

        problems.ShouldBeEmpty();
        arguments.Options.ShouldBe(new StudioOptions
        {
            Host = "0.0.0.0", Port = 5000, AuthToken = "secret-of-the-environment", StorePath = "a b.db", ServePage = false, AllowedHosts = arguments.Options.AllowedHosts,
        });
    }

    [Theory]
    [InlineData("There is no option '--prot'.", "--prot=5")]
    [InlineData("Option '--port' needs a value.", "--port")]
    [InlineData("Option '--port' needs a value.", "--port", "--no-page")]
    [InlineData("Option '--port' is '70000'", "--port", "70000")]
    [InlineData("Option '--port' is '-1'", "--port=-1")]
    [InlineData("Option '--no-page' takes no value.", "--no-page=yes")]
    [InlineData("Option '--host' is given twice.", "--host", "localhost", "--host", "localhost")]
    [InlineData("names 'NOTHING', which is not set", "--auth-token-env", "NOTHING")]
    public void Arguments_ThatAreWrong_AreRefusedByName(string problem, params string[] given) =>
        Read(given).Problems.ShouldHaveSingleItem().ShouldContain(problem);

    [Fact]
    public void Problems_OfSeveralArguments_ComeTogether() => Read("--port", "x", "--hots=1", "--store").Problems.Count.ShouldBe(3);

    private static (StudioArguments Arguments, List<string> Problems) Read(params string[] given)
    {
        var problems = new List<string>();
        return (StudioArguments.Read(given, name => name == "TOKEN" ? "secret-of-the-environment" : null, problems), problems);
    }
}
