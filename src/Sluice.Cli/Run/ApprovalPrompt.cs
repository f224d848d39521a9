using System.Threading.Channels;
using Sluice.Cli.Approvals;

namespace Sluice.Cli.Run;

/// <summary>Asks whoever sits at the terminal, one question after the other, while the run's events go on being shown.</summary>
internal sealed class ApprovalPrompt
{
    private readonly AgentRuntime _runtime;
    private readonly RunOutput _output;
    private readonly string _decider;
    private readonly Channel<Question> _questions = Channel.CreateUnbounded<Question>();
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    public ApprovalPrompt(AgentRuntime runtime, RunOutput output, string decider)
    {
        (_runtime, _output, _decider) = (runtime, output, decider);
        // Reading a line cannot be stopped: the task is left behind when the run ends.
        _ = Task.Run(AskAllAsync);
    }

    public void Ask(Question question)
    {
        lock (_open) _open.Add(question.Id);
        _questions.Writer.TryWrite(question);
    }

    /// <summary>Somebody has answered, here or elsewhere.</summary>
    public void Forget(string id)
    {
        lock (_open) _open.Remove(id);
    }

    private async Task AskAllAsync()
    {
        await foreach (var question in _questions.Reader.ReadAllAsync())
        {
            while (IsOpen(question.Id))
            {
                _output.Prompt($"{question.Outcomes}, and feedback behind it> ");
                if (await _output.Terminal.In.ReadLineAsync() is not { } line) return;
                if (IsOpen(question.Id) && await TryAnswerAsync(question, line.Trim())) Forget(question.Id);
            }
        }
    }

    private async Task<bool> TryAnswerAsync(Question question, string line)
    {
        if (line.Length == 0) return false;
        var (word, feedback) = line.Split(' ', 2) is [var first, var rest] ? (first, rest) : (line, null);
        if (OutcomeName.TryRead(word) is not { } outcome)
        {
            _output.Note($"'{word}' is none of {question.Outcomes}.");
            return false;
        }

        try
        {
            await _runtime.RespondToApprovalAsync(question.Id, outcome, feedback, decidedBy: _decider);
            return true;
        }
        catch (SluiceException exception)
        {
            _output.Note($"{exception.Message} ({exception.Code})");
            return exception.Code is ErrorCodes.ApprovalAlreadyDecided or ErrorCodes.ApprovalExpired or ErrorCodes.RunEnded or ErrorCodes.ShuttingDown;
        }
    }

    private bool IsOpen(string id)
    {
        lock (_open) return _open.Contains(id);
    }
}
