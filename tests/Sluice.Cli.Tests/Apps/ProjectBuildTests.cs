using Sluice.Cli.Apps;
using Sluice.Cli.Output;

namespace Sluice.Cli.Tests.Apps;

/// <summary>Projects that are built by the SDK as the command line would do it.</summary>
public sealed class ProjectBuildTests : IDisposable
{
    private const string Source = """
        using Sluice;
        public static class Made
        {
            [SluiceApp]
            public static App Create() => Define.App("made", Define.Runtime(Define.Tenant("t", "1"), [Define.Specialist("solo", "m", "p")]), () => throw new System.InvalidOperationException("Nobody opens it."));
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-app-").FullName;
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly Terminal _terminal;

    public ProjectBuildTests() => _terminal = new(TextReader.Null, TextWriter.Null, _error);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _terminal.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Load_OfAFolderWithAProject_BuildsItAndSaysSoOnStandardError()
    {
        Write(Source);

        var loaded = await new AppLoader(_terminal).LoadAsync($"{_folder}:Made.Create", Token);

        loaded.App.Name.ShouldBe("made");
        loaded.AssemblyPath.ShouldStartWith(_folder);
        _error.ToString().ShouldBe("Building made.csproj…\n");
    }

    [Fact]
    public async Task Load_OfAnAppThatNeedsAspNetCore_FindsIt()
    {
        const string Name = "typeof(Microsoft.AspNetCore.Builder.WebApplication).Assembly.GetName().Name!";
        var project = Write(Source.Replace("\"made\"", Name, StringComparison.Ordinal), items: "<FrameworkReference Include=\"Microsoft.AspNetCore.App\" />");

        (await new AppLoader(_terminal).LoadAsync(project, Token)).App.Name.ShouldBe("Microsoft.AspNetCore");
    }

    [Fact]
    public async Task Load_OfAProjectThatDoesNotBuild_ShowsTheCompilersErrors()
    {
        var project = Write("public class Broken { public int Number => \"text\"; public int Other => Missing; }");

        var error = await Should.ThrowAsync<SluiceException>(() => new AppLoader(_terminal).LoadAsync(project, Token));

        (error.Code, error.Message).ShouldBe((ErrorCodes.InvalidApp, "made.csproj does not build: 2 errors, shown above."));
        _error.ToString().ShouldContain("Made.cs(1,44): error CS0029");
        _error.ToString().ShouldContain("error CS0103");
    }

    [Fact]
    public async Task Load_OfAFileThatIsNoProject_ShowsWhatTheSdkSays()
    {
        var project = Path.Combine(_folder, "made.csproj");
        File.WriteAllText(project, "<Project");

        var error = await Should.ThrowAsync<SluiceException>(() => new AppLoader(_terminal).LoadAsync(project, Token));

        error.Code.ShouldBe(ErrorCodes.InvalidApp);
        _error.ToString().ShouldContain("MSB4025");
    }

    [Fact]
    public async Task Load_OfAnAppThatLacksAnAssembly_NamesIt()
    {
        var project = Write($"{Source} public class Lacking : Microsoft.Data.Sqlite.SqliteConnection;");

        var error = await Should.ThrowAsync<SluiceException>(() => new AppLoader(_terminal).LoadAsync(project, Token));

        error.Code.ShouldBe(ErrorCodes.InvalidApp);
        error.Message.ShouldStartWith($"The types of '{project}' cannot be loaded: Could not load file or assembly 'Microsoft.Data.Sqlite,");
    }

    [Fact]
    public async Task Build_WithSeveralTargetFrameworks_AsksForAnAssembly()
    {
        var project = Write(Source, "<TargetFrameworks>net10.0</TargetFrameworks>");

        var error = await Should.ThrowAsync<SluiceException>(() => new ProjectBuild(_terminal, project).RunAsync(Token));

        error.Message.ShouldContain("give the assembly of one of them");
    }

    [Fact]
    public async Task Build_WithoutAnSdk_SaysWhatToInstall()
    {
        var build = new ProjectBuild(_terminal, Write(Source)) { Dotnet = Path.Combine(_folder, "no-dotnet") };

        var error = await Should.ThrowAsync<SluiceException>(() => build.RunAsync(Token));

        (error.Code, error.Message).ShouldBe((
            ErrorCodes.InvalidApp, "made.csproj cannot be built since there is no 'dotnet' on the path. Install the .NET SDK, or give a built assembly."));
    }

    [Fact]
    public async Task Build_ThatIsCancelled_Stops() =>
        await Should.ThrowAsync<OperationCanceledException>(() => new ProjectBuild(_terminal, Write(Source)).RunAsync(new(canceled: true)));

    /// <summary>A project that needs nothing but what was built here.</summary>
    private string Write(string source, string framework = "<TargetFramework>net10.0</TargetFramework>", string items = "")
    {
        var project = Path.Combine(_folder, "made.csproj");
        File.WriteAllText(Path.Combine(_folder, "Made.cs"), source);
        File.WriteAllText(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>{framework}<UseSharedCompilation>false</UseSharedCompilation></PropertyGroup>
              <ItemGroup><Reference Include="{SampleAssembly.Folder}/Sluice*.dll;{SampleAssembly.Folder}/Microsoft.Extensions.*.dll" />
                <Reference Include="{SampleAssembly.Folder}/Microsoft.Data.Sqlite.dll" Private="false" />{items}</ItemGroup>
            </Project>
            """);
        return project;
    }
}
