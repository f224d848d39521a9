using System.Reflection;
using System.Text.Json;
using Npgsql;
using Sluice.Cli.Apps;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Tests.Apps;

public sealed class AppLoaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-app-").FullName;
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly Terminal _terminal;

    public AppLoaderTests() => _terminal = new(TextReader.Null, TextWriter.Null, _error);

    public void Dispose()
    {
        _terminal.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Load_OfAnAssembly_RunsTheAppWithItsOwnPackagesAndTheToolsSluiceAndSqlite()
    {
        var loaded = await LoadAsync(SampleAssembly.Path);

        loaded.App.Name.ShouldBe("sample");
        loaded.AssemblyPath.ShouldBe(SampleAssembly.Path);
        var told = await TellAsync(loaded.App);
        told.GetProperty("npgsql").GetProperty("version").GetString().ShouldBe("10.0.0");
        told.GetProperty("npgsql").GetProperty("context").GetString().ShouldBe("app Sluice.SampleApp");
        typeof(NpgsqlConnection).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.ShouldNotStartWith("10.0.0");
        told.GetProperty("sluice").GetProperty("context").GetString().ShouldBe("Default");
        told.GetProperty("sqlite").GetProperty("context").GetString().ShouldBe("Default");
        _error.ToString().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("SampleApp.Program.Other")]
    [InlineData("Program.Other")]
    public async Task Load_OfAMemberOfAnAssembly_GivesThatApp(string member) =>
        (await LoadAsync($"{SampleAssembly.Path}:{member}")).App.Name.ShouldBe("other");

    [Theory]
    [InlineData("Progam.App", "has no type 'Progam'; did you mean \"Program\"?")]
    [InlineData("Program.Ap", "'SampleApp.Program' has no app 'Ap'; did you mean \"App\"?")]
    [InlineData("Program.Main", "'SampleApp.Program' has no app 'Main'; its apps are: \"App\", \"Other\".")]
    [InlineData("Program", "'SampleApp.Program' has no app ''; its apps are: \"App\", \"Other\".")]
    public async Task Load_OfAMemberThatIsNone_NamesTheNearest(string member, string message) =>
        (await Should.ThrowAsync<WrongUseException>(() => LoadAsync($"{SampleAssembly.Path}:{member}"))).Message.ShouldContain(message);

    [Theory]
    [InlineData("nowhere.csproj", "There is no project, folder or assembly 'nowhere.csproj'.")]
    [InlineData("nowhere.dll:Program.App", "There is no project, folder or assembly 'nowhere.dll'.")]
    public async Task Load_OfAPathThatDoesNotExist_SaysSo(string app, string message) =>
        (await Should.ThrowAsync<WrongUseException>(() => LoadAsync(app))).Message.ShouldBe(message);

    [Fact]
    public async Task Load_OfAFolder_NeedsOneProjectInIt()
    {
        (await Should.ThrowAsync<WrongUseException>(() => LoadAsync(_folder))).Message.ShouldBe($"There is no project in the folder '{_folder}'.");
        File.WriteAllText(Path.Combine(_folder, "one.csproj"), "");
        File.WriteAllText(Path.Combine(_folder, "two.fsproj"), "");

        (await Should.ThrowAsync<WrongUseException>(() => LoadAsync($"{_folder}:Program.App"))).Message
            .ShouldBe($"The folder '{_folder}' has several projects: one.csproj, two.fsproj.");
    }

    [Fact]
    public async Task Load_OfAnAssemblyWithoutSluice_SaysSo() =>
        await ShouldBeInvalidAsync(SampleAssembly.WriteEmpty(_folder, "Empty", "1.0.0"), "'Empty.dll' does not use the package Sluice");

    [Fact]
    public async Task Load_OfAFileThatIsNoAssembly_SaysSo()
    {
        var path = Path.Combine(_folder, "text.dll");
        File.WriteAllText(path, "no assembly");

        await ShouldBeInvalidAsync(path, "is no .NET assembly. Give a project or a '.dll'.");
    }

    [Fact]
    public async Task Load_OfAnAppOfAnotherSluice_NamesBothVersions()
    {
        var app = SampleAssembly.CopyTo(_folder);
        SampleAssembly.WriteEmpty(_folder, "Sluice", "9.8.7");

        var message = await ShouldBeInvalidAsync(app, "uses Sluice 9.8.7, and this tool is of 0.1.0.");
        message.ShouldContain("dotnet tool install Sluice.Cli --version 9.8.7");
    }

    [Fact]
    public async Task Load_OfAnAppWithANewerPackageThatIsShared_NamesIt()
    {
        var app = SampleAssembly.CopyTo(_folder);
        SampleAssembly.WriteEmpty(_folder, "Microsoft.Extensions.Logging.Abstractions", "99.1.0");

        await ShouldBeInvalidAsync(app, "uses Microsoft.Extensions.Logging.Abstractions 99.1.0.0, and this tool has ");
    }

    private Task<LoadedApp> LoadAsync(string app) => new AppLoader(_terminal).LoadAsync(app, TestContext.Current.CancellationToken);

    private async Task<string> ShouldBeInvalidAsync(string app, string message)
    {
        var error = await Should.ThrowAsync<SluiceException>(() => LoadAsync(app));
        error.Code.ShouldBe(ErrorCodes.InvalidApp);
        error.Message.ShouldContain(message);
        return error.Message;
    }

    private static async Task<JsonElement> TellAsync(App app)
    {
        await using var open = await app.OpenAsync(new() { Interpreter = Interpreter.Scripted }, TestContext.Current.CancellationToken);
        var events = await open.Runtime.QueryAsync("""{"tool":"tell","args":{}}""").ToListAsync(TestContext.Current.CancellationToken);
        return events.OfType<ToolInvocationEvent>().Single(e => e.State == InvocationState.Result).Result.ShouldNotBeNull();
    }
}
