using System.Text.Json;
using Sluice.Cli.CommandLine;
using Sluice.Cli.Output;

namespace Sluice.Cli.Run;

/// <summary>Shows a run while it goes on: the answer on standard output and the rest on standard error, or every event as JSON.</summary>
internal sealed class RunOutput(Invocation invocation)
{
    private readonly Lock _lock = new();
    private readonly List<JsonElement> _events = [];
    private readonly OtherAgents _others = new();
    private bool _isInLine;
    private decimal? _costUsd;

    public Terminal Terminal => invocation.Terminal;

    public void Show(RuntimeEvent happened)
    {
        switch (invocation.Format)
        {
            case OutputFormat.Json:
                _events.Add(JsonElement.Parse(happened.ToJson()));
                break;
            case OutputFormat.Ndjson:
                Terminal.Out.WriteLine(happened.ToJson());
                Terminal.Out.Flush();
                break;
            default:
                ShowText(happened);
                break;
        }
    }

    /// <summary>A line for people, on standard error.</summary>
    public void Note(string text)
    {
        lock (_lock)
        {
            EndLine();
            Terminal.Error.WriteLine(VisibleText.OfLines(text));
        }
    }

    /// <summary>A question that is answered behind it.</summary>
    public void Prompt(string text)
    {
        lock (_lock)
        {
            EndLine();
            Terminal.Error.Write(text);
        }
    }

    /// <summary>Writes what is written at the end.</summary>
    public void Complete()
    {
        lock (_lock) EndLine();
        if (invocation.Format == OutputFormat.Json) Terminal.WriteJson(_events);
    }

    private void ShowText(RuntimeEvent happened)
    {
        if (happened is TextEvent { ParentToolUseId: { } call } other)
        {
            _others.Hear(call, $"{other.Agent}", other.Text);
            return;
        }

        foreach (var line in _others.Take()) Note(line);
        switch (happened)
        {
            case TextEvent text:
                Say(text.Text);
                break;
            case CostSummaryEvent cost:
                _costUsd = cost.TotalCostUsd;
                break;
            case FinishEvent finish:
                Note(RunWords.Of(finish, _costUsd));
                break;
            default:
                if (RunWords.Of(happened) is { } line) Note(line);
                break;
        }
    }

    private void Say(string text)
    {
        if (text.Length == 0) return;
        lock (_lock)
        {
            Terminal.Out.Write(VisibleText.OfLines(text));
            Terminal.Out.Flush();
            _isInLine = text[^1] != '\n';
        }
    }

    private void EndLine()
    {
        if (!_isInLine) return;
        Terminal.Out.WriteLine();
        // Where both go to one place, what comes on standard error next belongs on a line of its own.
        Terminal.Out.Flush();
        _isInLine = false;
    }
}
