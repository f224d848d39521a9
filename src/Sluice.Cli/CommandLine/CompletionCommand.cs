using System.CommandLine;

namespace Sluice.Cli.CommandLine;

/// <summary>Writes the script that makes a shell complete <c>sluice</c>. The script asks the program itself, so it never grows old.</summary>
internal sealed class CompletionCommand : SluiceCommand
{
    private readonly Argument<string> _shell = new("shell") { Description = "bash, zsh, fish or pwsh.", HelpName = "SHELL" };

    public CompletionCommand(Shell shell)
        : base(
            shell, "completion", "Writes the script that makes a shell complete commands and options.",
            "source <(sluice completion bash)                               # in ~/.bashrc",
            "source <(sluice completion zsh)                                # in ~/.zshrc, after compinit",
            "sluice completion fish | source                                # in ~/.config/fish/config.fish",
            "sluice completion pwsh | Out-String | Invoke-Expression        # in $PROFILE")
    {
        _shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        Arguments.Add(_shell);
    }

    protected override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        await using var script = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"completion.{invocation.Get(_shell)}")!;
        using var reader = new StreamReader(script);
        invocation.Terminal.Out.Write(await reader.ReadToEndAsync(cancellationToken));
        return ExitCode.Done;
    }
}
