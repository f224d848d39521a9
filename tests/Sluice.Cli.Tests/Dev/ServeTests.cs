using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Sluice.Cli.Tests.Apps;
using Sluice.TestServers;

namespace Sluice.Cli.Tests.Dev;

public sealed class ServeTests : IDisposable
{
    private static readonly string App = $"{SampleAssembly.Path}:Program.App";

    private readonly CommandDesk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Serve_AnswersUntilItIsToldToEnd_AndThatIsSuccess(string signal)
    {
        if (InterruptSignal.MissingReason is { } reason) Assert.Skip(reason);
        await using var server = StudioProcess.Start(_desk.Folder, "serve", "--app", App, "--port", "0");
        var address = await server.AddressAsync();

        (await server.GetAsync(address, "/api/status")).GetProperty("app").GetString().ShouldBe("sample");
        server.Signal(signal);

        (await server.ExitCodeAsync()).ShouldBe(0, server.Told);
        server.Told.Trim().ShouldBeEmpty();
        File.Exists(_desk.PathOf(".sluice/studio.db")).ShouldBeTrue();
    }

    [Fact]
    public async Task Serve_ForAProgram_TellsTheAddressAsJsonAndEndsWithItsInput()
    {
        await using var server = StudioProcess.Start(
            _desk.Folder, "serve", "--app", App, "--port", "0", "--store", "sqlite:kept/here.db", "--no-studio", "--output", "ndjson", "--until-input-ends");
        var told = JsonDocument.Parse(await server.LineAsync()).RootElement;
        var address = new Uri(told.GetProperty("address").GetString()!);

        told.GetProperty("app").GetString().ShouldBe("sample");
        (await server.GetAsync(address, "/api/status")).GetProperty("app").GetString().ShouldBe("sample");
        using var http = new HttpClient();
        (await http.GetAsync(address, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        server.CloseInput();

        (await server.ExitCodeAsync()).ShouldBe(0, server.Told);
        File.Exists(_desk.PathOf("kept/here.db")).ShouldBeTrue();
    }

    [Fact]
    public async Task Serve_OnAPortThatIsTaken_SaysSoBeforeAnythingIsBuilt()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var result = await _desk.RunAsync("serve", "--app", App, "--port", port);

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldStartWith($"sluice: Studio cannot listen on 127.0.0.1, port {port}: ");
        result.Error.ShouldContain("(port_in_use)");
        Directory.Exists(_desk.PathOf(".sluice")).ShouldBeFalse();
    }

    [Fact]
    public async Task Serve_WhereTheUsualPortIsTaken_TakesTheNextAndSaysSo()
    {
        using var taken = TakeTheUsualPort();
        await using var server = StudioProcess.Start(_desk.Folder, "serve", "--app", App);

        (await server.LineAsync()).ShouldMatch(@"^Studio of 'sample': http://127\.0\.0\.1:41[1-3]\d \(port 4111 is taken\)$");
    }

    [Theory]
    [InlineData("Which app? --app is missing.")]
    [InlineData("can be reached from other machines: set a token too", "--app", "x.dll", "--host", "0.0.0.0")]
    [InlineData("'somewhere' is no address to listen on", "--app", "x.dll", "--host", "somewhere")]
    [InlineData("--auth-token-env: The variable 'SLUICE_TEST_NOT_SET' is not set.", "--app", "x.dll", "--host", "0.0.0.0", "--auth-token-env", "SLUICE_TEST_NOT_SET")]
    [InlineData("--store: Studio keeps what it has in a file.", "--app", "x.dll", "--store", "postgres://db")]
    [InlineData("There is no project, folder or assembly 'x.dll'.", "--app", "x.dll")]
    [InlineData("--port is to be a whole number from 0 to 65535, and is '70000'.", "--app", "x.dll", "--port", "70000")]
    public async Task Serve_ThatIsWrong_IsOneErrorAndAHint(string problem, params string[] arguments)
    {
        var result = await _desk.RunAsync(["serve", .. arguments]);

        result.ExitCode.ShouldBe(2);
        result.Out.ShouldBeEmpty();
        result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        result.Error.ShouldStartWith("sluice: ");
        result.Error.ShouldContain(problem);
        result.Error.ShouldContain("\nhint: ");
    }

    [Fact]
    public async Task Serve_OfAnAssemblyWithoutAnApp_IsAnError()
    {
        var result = await _desk.RunAsync("serve", "--app", SampleAssembly.WriteEmpty(_desk.Folder, "Empty", "1.0.0"));

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("'Empty.dll' does not use the package Sluice");
    }

    [Fact]
    public async Task Serve_WithAToken_AsksEverybodyForIt()
    {
        const string Secret = "a-planted-token-0123456789";
        await using var server = StudioProcess.Start(
            _desk.Folder, new Dictionary<string, string?> { ["STUDIO_TOKEN"] = Secret }, "serve", "--app", App, "--port", "0", "--host", "127.0.0.1", "--auth-token-env", "STUDIO_TOKEN");
        var line = await server.LineAsync();
        var address = new Uri(line.Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal)));
        using var http = new HttpClient();

        (await http.GetAsync(new Uri(address, "/api/status"), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        http.DefaultRequestHeaders.Authorization = new("Bearer", Secret);
        (await http.GetAsync(new Uri(address, "/api/status"), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        $"{line}{server.Told}".ShouldNotContain(Secret);
    }

    /// <summary>Somebody has it in any case: this test, or whoever keeps it from listening.</summary>
    private static TcpListener TakeTheUsualPort()
    {
        var listener = new TcpListener(IPAddress.Loopback, StudioOptions.DefaultPort);
        try
        {
            listener.Start();
        }
        catch (SocketException)
        {
            listener.Dispose();
        }

        return listener;
    }
}
