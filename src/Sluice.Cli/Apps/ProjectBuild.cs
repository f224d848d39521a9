using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Sluice.Cli.Output;

namespace Sluice.Cli.Apps;

/// <summary>Builds a project with the SDK, as <c>dotnet build</c> does it.</summary>
internal sealed class ProjectBuild(Terminal terminal, string project)
{
    private const string Target = "TargetPath";
    private const string Assets = "ProjectAssetsFile";

    private static readonly string[] Settings = ["DirectoryBuildPropsPath", "DirectoryBuildTargetsPath", "DirectoryPackagesPropsPath"];

    /// <summary>The program that builds, and runs what was built, as this process was told to.</summary>
    public static string DotnetOfProcess { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>The program that builds.</summary>
    public string Dotnet { get; init; } = DotnetOfProcess;

    private string Name => Path.GetFileName(project);

    /// <summary>Builds, and shows on standard error that it does, and why it cannot.</summary>
    /// <returns>What was built.</returns>
    /// <exception cref="SluiceException">There is no SDK, or the project does not build.</exception>
    public async Task<BuiltProject> RunAsync(CancellationToken cancellationToken)
    {
        terminal.Error.WriteLine(VisibleText.OfLine($"Building {Name}…"));
        using var build = Start();
        var output = build.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = build.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await build.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            build.Kill(entireProcessTree: true);
            throw;
        }

        var (told, failed) = (await output.WaitAsync(cancellationToken), await errors.WaitAsync(cancellationToken));
        if (build.ExitCode != 0) throw Failed($"{told}\n{failed}");
        var built = Read(told);
        return File.Exists(built.AssemblyPath)
            ? built
            : throw Invalid($"{Name} builds no single assembly. Where it has several target frameworks, build it and give the assembly of one of them.");
    }

    /// <summary>Reads the properties that were asked for: a JSON document that comes last.</summary>
    private static BuiltProject Read(string told)
    {
        var start = told.StartsWith('{') ? 0 : told.LastIndexOf("\n{", StringComparison.Ordinal) + 1;
        var properties = JsonDocument.Parse(told[start..]).RootElement.GetProperty("Properties");
        return new(Of(Target), Of(Assets), [.. Settings.Select(Of).Where(File.Exists)]);

        string Of(string property) => properties.GetProperty(property).GetString()!;
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(Dotnet)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Where it says which SDK it needs.
            WorkingDirectory = Path.GetDirectoryName(project)!,
            // A node that stays would hold on to the output, and its end would never come.
            ArgumentList = { "build", project, "-t:Build", $"-getProperty:{string.Join(',', [Target, Assets, .. Settings])}", "-nodeReuse:false", "-nologo" },
            Environment = { ["DOTNET_NOLOGO"] = "1", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1" },
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw Invalid($"{Name} cannot be built since there is no 'dotnet' on the path. Install the .NET SDK, or give a built assembly.", exception);
        }
    }

    private SluiceException Failed(string output)
    {
        string[] lines = [.. output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
        string[] errors = [.. lines.Where(line => line.Contains(": error ", StringComparison.Ordinal))];
        foreach (var line in errors.Length > 0 ? errors : lines) terminal.Error.WriteLine(VisibleText.OfLine(line));
        return Invalid(errors.Length > 0
            ? $"{Name} does not build: {errors.Length} {(errors.Length == 1 ? "error" : "errors")}, shown above."
            : $"{Name} does not build; what 'dotnet build' said is shown above.");
    }

    private static SluiceException Invalid(string message, Exception? cause = null) => new(ErrorCodes.InvalidApp, message, cause);
}
