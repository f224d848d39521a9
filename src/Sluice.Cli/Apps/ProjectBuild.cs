using System.ComponentModel;
using System.Diagnostics;
using Sluice.Cli.Output;

namespace Sluice.Cli.Apps;

/// <summary>Builds a project with the SDK, as <c>dotnet build</c> does it.</summary>
internal sealed class ProjectBuild(Terminal terminal, string project)
{
    /// <summary>The program that builds.</summary>
    public string Dotnet { get; init; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private string Name => Path.GetFileName(project);

    /// <summary>Builds, and shows on standard error that it does, and why it cannot.</summary>
    /// <returns>The path of what was built.</returns>
    /// <exception cref="SluiceException">There is no SDK, or the project does not build.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
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

        var (told, failed) = (await output, await errors);
        if (build.ExitCode != 0) throw Failed($"{told}\n{failed}");
        var path = told.Trim();
        return File.Exists(path)
            ? path
            : throw Invalid($"{Name} builds no single assembly. Where it has several target frameworks, build it and give the assembly of one of them.");
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(Dotnet)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A node that stays would hold on to the output, and its end would never come.
            ArgumentList = { "build", project, "-t:Build", "-getProperty:TargetPath", "-nodeReuse:false", "-nologo" },
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
