using Sluice.Cli.CommandLine;
using Sluice.Cli.Run;

namespace Sluice.Cli.Chat;

/// <summary>A conversation without a terminal: every line of standard input is asked, one after the other, and shown as <c>sluice run</c> shows it.</summary>
internal sealed class PipedChat(Invocation invocation, AgentRuntime runtime, RunFollower follower, RunOutput output)
{
    /// <summary>Asks until the input ends.</summary>
    /// <exception cref="SluiceException">A run failed; what comes after it is not asked.</exception>
    public async Task<ExitCode> RunAsync(string? agent, string? threadId, CancellationToken cancellationToken)
    {
        try
        {
            while (await invocation.Terminal.In.ReadLineAsync(cancellationToken).AsTask().WaitAsync(cancellationToken) is { } line)
            {
                if (string.IsNullOrWhiteSpace(line)) continue;
                var events = runtime.RunAsync(new() { Prompt = line, Agent = agent, ThreadId = threadId }, CancellationToken.None);
                var last = await follower.FollowAsync(events, cancellationToken);
                follower.End(last, cancellationToken);
                threadId = last!.ThreadId;
            }
        }
        finally
        {
            output.Complete();
        }

        return ExitCode.Done;
    }
}
