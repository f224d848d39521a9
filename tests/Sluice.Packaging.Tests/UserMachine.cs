using System.Diagnostics;

namespace Sluice.Packaging.Tests;

/// <summary>
/// A machine as a new user has it: a home, a package cache and tools of its own, and no network. Packages come from one folder; those of others
/// from the cache of whoever runs the tests, who has built with them.
/// </summary>
internal sealed class UserMachine : IDisposable
{
    /// <summary>Restoring and building take seconds; a machine that does much else at once may take minutes for them.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>How variables begin that a new user would not have.</summary>
    private static readonly string[] Inherited = ["MSBUILD", "VSTEST", "DOTNET_", "NUGET_", "SLUICE_", "ANTHROPIC_", "OPENAI_", "TESTINGPLATFORM_", "CI"];

    private static readonly string DotnetRoot = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../.."));

    private readonly string _root = Directory.CreateTempSubdirectory("sluice-user-").FullName;

    public UserMachine()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "nuget.config"), $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{Packages}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="cache" value="{CacheOfOthers()}" /></fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>Where the packages are.</summary>
    public string Packages => Path.Combine(_root, "packages");

    /// <summary>Where the user works.</summary>
    public string Folder => Path.Combine(_root, "work");

    public string Tools => Path.Combine(_root, "tools");

    public Task<ProgramResult> DotnetAsync(string folder, params IReadOnlyList<string> arguments) => DotnetWithInputAsync(folder, "", arguments);

    public Task<ProgramResult> DotnetWithInputAsync(string folder, string input, params IReadOnlyList<string> arguments) =>
        RunAsync(Path.Combine(DotnetRoot, "dotnet"), folder, input, arguments);

    public Task<ProgramResult> SluiceAsync(string folder, params IReadOnlyList<string> arguments) =>
        RunAsync(Path.Combine(Tools, "sluice"), folder, "", arguments);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string CacheOfOthers() => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
        ? set
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static bool IsOfTheTests(string variable) => Array.Exists(Inherited, start => variable.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    private async Task<ProgramResult> RunAsync(string program, string folder, string input, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? $"{program}.exe" : program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        SetEnvironment(start.Environment);
        using var process = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(patience.Token);
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException exception) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"'{Path.GetFileName(program)} {string.Join(' ', arguments)}' did not end within {Patience}.", exception);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private void SetEnvironment(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(IsOfTheTests).ToList()) environment.Remove(name);
        environment["PATH"] = $"{Tools}{Path.PathSeparator}{DotnetRoot}{Path.PathSeparator}{environment["PATH"]}";
        environment["DOTNET_ROOT"] = DotnetRoot;
        environment["DOTNET_CLI_HOME"] = Path.Combine(_root, "home");
        environment["NUGET_PACKAGES"] = Path.Combine(_root, "cache");
        environment["DOTNET_NOLOGO"] = "1";
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        // What would stay after the program has ended holds on to its output.
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["UseSharedCompilation"] = "false";
    }
}
