using Sluice.Cli.Tests.Apps;

namespace Sluice.Cli.Tests.Dev;

/// <summary>A project with an app whose tool asks first and then writes a line, with the version of the code that wrote it.</summary>
internal sealed class DevProject : IDisposable
{
    private const string Source = """
        using System.IO;
        using System.Threading.Tasks;
        using Sluice;

        public sealed record Note(string Text);

        public static class Made
        {
            private const string Version = "one";

            private static readonly RuntimeSpec Spec = Define.Runtime(Define.Tenant("made", "1"), [Define.Specialist(
                "solo", "model-s", "You write notes in version " + Version,
                tools: [Define.Tool<Note, string>("note", "Writes a note.", (note, _) => Write(note.Text), approval: Approval.Always)])]);

            [SluiceApp]
            public static App App => Define.App("made", Spec, request => SluiceRuntime.Create(Spec, request.Apply(new() { Interpreter = Interpreter.Scripted })));

            private static async Task<string> Write(string text)
            {
                await File.AppendAllTextAsync("notes.log", text + " by " + Version + "\n");
                return "written";
            }
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-dev-");

    public DevProject()
    {
        WriteCode(Source);
        File.WriteAllText(Path.Combine(Folder, "made.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><UseSharedCompilation>false</UseSharedCompilation></PropertyGroup>
              <ItemGroup><Reference Include="{SampleAssembly.Folder}/Sluice*.dll;{SampleAssembly.Folder}/Microsoft.Extensions.*.dll" Exclude="{SampleAssembly.Path}" /></ItemGroup>
            </Project>
            """);
    }

    public string Folder => _folder.FullName;

    /// <summary>What the tool has written.</summary>
    public string[] Notes => File.Exists(Path.Combine(Folder, "notes.log")) ? File.ReadAllLines(Path.Combine(Folder, "notes.log")) : [];

    /// <summary>Replaces a piece of the code.</summary>
    public void Edit(string from, string to) => WriteCode(Source.Replace(from, to, StringComparison.Ordinal));

    public void Dispose() => _folder.Delete(recursive: true);

    private void WriteCode(string source) => File.WriteAllText(Path.Combine(Folder, "Made.cs"), source);
}
