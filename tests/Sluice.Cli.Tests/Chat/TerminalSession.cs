using System.Diagnostics;
using Sluice.Cli.CommandLine;
using Sluice.TestServers;

namespace Sluice.Cli.Tests.Chat;

/// <summary>The program in a terminal of its own: keys go in, and what is seen comes out.</summary>
internal sealed class TerminalSession : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _socket = $"sluice-{Guid.NewGuid():N}";

    private TerminalSession()
    {
    }

    /// <summary>Starts the program in a folder; the test is skipped where there is no terminal to be had.</summary>
    public static async Task<TerminalSession> StartAsync(string folder, IReadOnlyDictionary<string, string> variables, int columns, params IEnumerable<string> arguments)
    {
        if (Tmux.MissingReason is { } reason)
        {
            if (Environment.GetEnvironmentVariable("SLUICE_REQUIRE_SERVICES") == "1") Assert.Fail(reason);
            Assert.Skip(reason);
        }

        var session = new TerminalSession();
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var line = string.Join(' ', new[] { host, typeof(ExitCode).Assembly.Location }.Concat(arguments).Select(argument => $"'{argument}'"));
        string[] settings = [.. variables.SelectMany(variable => new[] { "-e", $"{variable.Key}={variable.Value}" })];
        await session.TmuxAsync(
            ["-f", "/dev/null", "new-session", "-d", "-x", $"{columns}", "-y", "45", "-c", folder, .. settings, $"trap : INT; {line}; echo \"ended with $?\"; read -r line"]);
        return session;
    }

    /// <summary>Types text as it stands.</summary>
    public Task TypeAsync(string text) => TmuxAsync(["send-keys", "-l", "--", text]);

    /// <summary>Types text and Enter.</summary>
    public async Task EnterAsync(string text)
    {
        await TypeAsync(text);
        await PressAsync("Enter");
    }

    /// <summary>Presses keys, by their names.</summary>
    public Task PressAsync(params IEnumerable<string> keys) => TmuxAsync(["send-keys", .. keys]);

    /// <summary>Pastes text as a terminal does that says where it begins and ends.</summary>
    public async Task PasteAsync(string text)
    {
        await TmuxAsync(["set-buffer", "--", text]);
        await TmuxAsync(["paste-buffer", "-p"]);
    }

    /// <summary>Waits until a text is seen, and gives all that is seen then, without blanks at its end.</summary>
    public Task<string> SeesAsync(string text) => UntilAsync(screen => screen.Contains(text, StringComparison.Ordinal), $"'{text}' was not seen");

    /// <summary>Waits until the last line is this.</summary>
    public Task<string> EndsWithAsync(string line) => UntilAsync(screen => screen.EndsWith($"\n{line}", StringComparison.Ordinal), $"The last line did not become '{line}'");

    public Task ClearAsync() => TmuxAsync(["send-keys", "C-l"]);

    public async ValueTask DisposeAsync() => await TmuxAsync(["kill-server"]);

    private async Task<string> UntilAsync(Func<string, bool> isThere, string otherwise)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var screen = (await TmuxAsync(["capture-pane", "-p"])).TrimEnd();
            if (isThere(screen)) return screen;
            if (TimeProvider.System.GetElapsedTime(begun) > Patience) throw new TimeoutException($"{otherwise}. What is seen:\n{screen}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }
    }

    private async Task<string> TmuxAsync(IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Tmux.Path!, ["-L", _socket, "-u", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(CancellationToken.None).WaitAsync(Patience);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"tmux {arguments.First()}: {await error}");
    }
}
