using Spectre.Console;

namespace Inventory.Account;

/// <summary>Prints what agents do, one line a step, as it happens.</summary>
internal sealed class Steps(IAnsiConsole console)
{
    private const int AgentWidth = 12;
    private const int ToolWidth = 17;

    public void Print(RuntimeEvent e)
    {
        switch (e)
        {
            case ToolInvocationEvent { State: InvocationState.Call, ToolName: BuiltInTools.CallAgent, Args: { } arguments } call:
                Print(call.Agent, "", $"hands the work to the {arguments.GetProperty("agent").GetString()}");
                break;
            case ToolInvocationEvent { State: InvocationState.Result, ToolName: BuiltInTools.CallAgent, Error: null }:
                break;
            case ToolInvocationEvent { State: InvocationState.Result } result:
                Print(result.Agent, result.ToolName, $"{ToolSummary.Of(result)}{Duration(result)}", result.Error is not null);
                break;
            case TextEvent text:
                Print(text.Agent, "says", text.Text);
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
