using System.Diagnostics;
using System.Text.RegularExpressions;
using Sluice.Cli.CommandLine;

namespace Sluice.Cli.Tests.Processes;

/// <summary>Completion as people have it: the tab key in an interactive shell on a terminal.</summary>
public sealed partial class ShellTests : IDisposable
{
    private const string Terminal = "script";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Once a line is complete, it is shown in place of being run.</summary>
    private const string Bash = """
        sluice() { if [[ $1 == "[suggest"* ]]; then command sluice "$@"; else echo "RAN:$*:"; fi; }
        source <(command sluice completion bash)
        """;

    private const string Zsh = """
        sluice() { if [[ $1 == "[suggest"* ]]; then command sluice "$@"; else echo "RAN:$*:"; fi; }
        autoload -Uz compinit && compinit -u -D
        source <(command sluice completion zsh)
        """;

    private const string Fish = """
        command sluice completion fish | source
        function sluice
          if string match -q '[suggest*' -- $argv[1]
            command sluice $argv
          else
            echo "RAN:$argv:"
          end
        end
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-shell-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("bash", ".bashrc", Bash, "bash --rcfile .bashrc -i")]
    [InlineData("zsh", ".zshrc", Zsh, "zsh -i")]
    [InlineData("fish", "init.fish", Fish, "fish -i --no-config -C 'source init.fish'")]
    public async Task TabKey_CompletesCommandsOptionsValuesAndFiles(string shell, string settingsFile, string settings, string start)
    {
        Require(shell);
        WriteProgram();
        File.WriteAllText(Path.Combine(_folder, settingsFile), settings);
        File.WriteAllText(Path.Combine(_folder, "notes.json"), "{}");

        var shown = await TypeAsync(
            start, "sluice doct\t", "sluice data cata\tind\tdoc\t", "sluice run --prompt-f\t", "sluice run --approve al\t", "sluice spec validate no\t");

        Ran().Matches(shown).Select(match => match.Groups["line"].Value).ShouldBe(
            ["doctor", "data catalog index doctor", "run --prompt-file", "run --approve always", "spec validate notes.json"], shown);
    }

    private static void Require(string shell)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), $"Only the '{Terminal}' of Linux is used here.");
        var folders = Environment.GetEnvironmentVariable("PATH")!.Split(':');
        var missing = Array.Find([shell, Terminal], program => !Array.Exists(folders, folder => File.Exists(Path.Combine(folder, program))));
        if (missing is null) return;
        var reason = $"The program '{missing}' is not on the PATH.";
        if (Environment.GetEnvironmentVariable("SLUICE_REQUIRE_SERVICES") == "1") Assert.Fail(reason);
        Assert.Skip(reason);
    }

    private void WriteProgram()
    {
        var program = Path.Combine(_folder, "sluice");
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        File.WriteAllText(program, $"#!/bin/sh\nexec '{host}' '{typeof(ExitCode).Assembly.Location}' \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private async Task<string> TypeAsync(string shell, params IReadOnlyList<string> lines)
    {
        var start = new ProcessStartInfo(Terminal, ["-qec", shell, "/dev/null"])
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["HOME"] = _folder, ["ZDOTDIR"] = _folder, ["TERM"] = "xterm", ["PATH"] = $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}" },
        };
        using var process = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var shown = process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.StandardInput.WriteAsync($"{string.Join('\n', lines)}\nexit\n");
            process.StandardInput.Close();
            return await shown;
        }
        catch (OperationCanceledException exception) when (patience.IsCancellationRequested)
        {
            throw new TimeoutException($"'{shell}' did not end after 'exit'.", exception);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    [GeneratedRegex("RAN:(?<line>[^:]*):\r", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ran();
}
