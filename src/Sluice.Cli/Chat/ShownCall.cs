using System.Globalization;
using System.Text.Json;
using Sluice.Cli.Output;
using Sluice.Cli.Run;

namespace Sluice.Cli.Chat;

/// <summary>A tool call as a conversation shows it: a line, and all of it when somebody asks.</summary>
internal sealed record ShownCall(int Number, ToolInvocationEvent Call, int Depth)
{
    private const int MostCharacters = 64 * 1024;

    /// <summary>What came of it; null: nothing yet.</summary>
    public ToolInvocationEvent? Result { get; set; }

    /// <summary>The agent whose call it is to make; null: it is a call of another tool.</summary>
    public string? CalledAgent =>
        Call.ToolName == BuiltInTools.CallAgent && Call.Args is { ValueKind: JsonValueKind.Object } args && args.TryGetProperty("agent", out var agent) && agent.ValueKind == JsonValueKind.String
            ? agent.GetString() : null;

    /// <summary>What it does, in a few words, as long as it goes on.</summary>
    public string Doing => CalledAgent is { } agent ? $"{agent} is at work" : $"{Call.ToolName} {ArgumentsIn(80)}";

    /// <summary>The line: its number, tool, arguments and how it ended.</summary>
    public string Line(int width, Ink ink)
    {
        var start = $"{Blanks}{Mark} {(CalledAgent is { } agent ? agent : Call.ToolName)}";
        var end = $" {Ending} [{Number}]";
        var room = width - start.Length - end.Length - 2;
        var arguments = CalledAgent is null && room > 8 ? ArgumentsIn(room) : "";
        var visibleStart = VisibleText.OfLine(start);
        return $"{(Result?.Error is null ? visibleStart : ink.Bad(visibleStart))}{(arguments.Length > 0 ? $" {ink.Faint(arguments)}" : "")}{ink.Faint(VisibleText.OfLine(end))}";
    }

    /// <summary>The line at the beginning of another agent's work.</summary>
    public string Opening(int width, Ink ink)
    {
        var start = VisibleText.OfLine($"{Blanks}▸ {CalledAgent}");
        var prompt = Call.Args is { } args && args.TryGetProperty("prompt", out var asked) ? ShortJson.Of(asked, Math.Max(8, width - start.Length - 3)) : "";
        return $"{ink.Strong(start)} {ink.Faint(prompt)}";
    }

    /// <summary>All of it, over as many lines as it needs.</summary>
    public string Whole()
    {
        var result = Result switch
        {
            { Error: { } error } => $"{error.Message} ({error.Code})",
            { Result: { } value } => Pretty(value),
            null => "It goes on.",
            _ => "Nothing.",
        };
        var text = $"[{Number}] {Call.ToolName}, called by {Call.Agent}\narguments: {(Call.Args is { } args ? Pretty(args) : "none")}\nresult: {result}";
        return text.Length <= MostCharacters ? text : $"{text[..MostCharacters]}…\nIt is cut here. All of it is in 'sluice runs show {Call.RunId}'.";
    }

    /// <summary>How many columns what happens so deep is indented by.</summary>
    public static int Indent(int depth) => 2 + (2 * depth);

    private string Blanks => new(' ', Indent(Depth));

    private string Mark => Result switch { null => "…", { Error: null } => "✓", _ => "✗" };

    private string Ending => Result switch
    {
        null => "",
        { Error: { } error } => $"{error.Code}, {Time}",
        _ => Time,
    };

    private string Time => Duration(Result?.DurationMs ?? 0);

    /// <summary>A time as people say it.</summary>
    public static string Duration(long milliseconds) => milliseconds < 1000
        ? $"{milliseconds} ms"
        : string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000.0:0.0} s");

    private string ArgumentsIn(int most) => Call.Args is { } args ? ShortJson.Of(args, most) : "";

    private static string Pretty(JsonElement value) => JsonSerializer.Serialize(value, PlanEdit.Indented);
}
