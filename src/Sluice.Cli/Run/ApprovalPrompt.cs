using System.Threading.Channels;

namespace Sluice.Cli.Run;

/// <summary>Asks whoever sits at the terminal, one question after the other, while the run's events go on being shown.</summary>
internal sealed class ApprovalPrompt
{
    private readonly RunOutput _output;
    private readonly Answers _answers;
    private readonly Channel<Question> _questions = Channel.CreateUnbounded<Question>();
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    public ApprovalPrompt(RunOutput output, Answers answers)
    {
        (_output, _answers) = (output, answers);
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
                _output.Prompt($"{string.Join(", ", question.Choices)}> ");
                if (await _output.Terminal.In.ReadLineAsync() is not { } line) return;
                if (IsOpen(question.Id) && await _answers.TryAsync(question, line, CancellationToken.None)) Forget(question.Id);
            }
        }
    }

    private bool IsOpen(string id)
    {
        lock (_open) return _open.Contains(id);
    }
}
