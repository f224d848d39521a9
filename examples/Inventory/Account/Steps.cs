using System.Text;
using Spectre.Console;

namespace Inventory.Account;

/// <summary>Prints what agents do, one line a step, as it happens.</summary>
internal sealed class Steps(IAnsiConsole console)
{
    private const int AgentWidth = 12;
    private const int ToolWidth = 26;

    private readonly StringBuilder _said = new();
    private string? _speaker;

    /// <summary>Prints a step. What a model says comes in pieces and is printed once it is whole.</summary>
    public void Print(RuntimeEvent e)
    {
        if (e is TextEvent text)
        {
            if (text.Agent != _speaker) PrintSaid();
            _speaker = text.Agent;
            _said.Append(text.Text);
            return;
        }

        if (e is RetryEvent) _said.Clear();
        else PrintSaid();
        PrintStep(e);
    }

    private void PrintSaid()
    {
        if (_said.Length > 0) Print(_speaker, "says", _said.ToString());
        _said.Clear();
    }

    private void PrintStep(RuntimeEvent e)
    {
        switch (e)
        {
            case ToolInvocationEvent { State: InvocationState.Call, ToolName: BuiltInTools.CallAgent, Args: { } arguments } call
                when arguments.TryGetProperty("agent", out var agent):
                Print(call.Agent, "", $"hands the work to the {agent}");
                break;
            case ToolInvocationEvent { State: InvocationState.Result, ToolName: BuiltInTools.CallAgent, Error: null }:
                break;
            case ToolInvocationEvent { State: InvocationState.Result } result:
                Print(result.Agent, result.ToolName, $"{ToolSummary.Of(result)}{Duration(result)}", result.Error is not null);
                break;
            case RetryEvent retry:
                Print(retry.Agent, "", $"is asked again: {retry.Reason}", isError: true);
                break;
            case ErrorEvent error:
                Print(error.Agent, "", $"failed: {error.Error}", isError: true);
                break;
        }
    }

    private void Print(string? agent, string tool, string text, bool isError = false)
    {
        var grid = new Grid()
            .AddColumn(new GridColumn().Width(AgentWidth).Padding(0, 0, 1, 0).NoWrap())
            .AddColumn(new GridColumn().Width(ToolWidth).Padding(0, 0, 1, 0).NoWrap())
            .AddColumn(new GridColumn().Padding(0, 0, 0, 0));
        grid.AddRow(
            new Text(agent ?? "", new Style(Color.Blue)),
            new Text(tool),
            new Text(text, isError ? new Style(Color.Red) : Style.Plain));
        console.Write(grid);
    }

    private static string Duration(ToolInvocationEvent result) =>
        result is { DurationMs: { } milliseconds, ToolName: not BuiltInTools.ExecutePlan } ? $" ({milliseconds} ms)" : "";
}
