using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Interpreters;

/// <summary>One model turn of a script: text, or calls.</summary>
internal sealed record ScriptStep(string? Text, IReadOnlyList<ScriptCall> Calls)
{
    /// <summary>The id of a frame's call, counted from 1.</summary>
    public static string IdOf(int call) => $"scripted-tool-{call}";

    /// <summary>The turn as the model would give it.</summary>
    /// <param name="callsBefore">How many calls the frame made before.</param>
    /// <param name="results">The results of those.</param>
    public IReadOnlyList<AIContent> ToContents(int callsBefore, ScriptResults results)
    {
        if (Calls.Count == 0) return [new TextContent(Text)];
        var contents = new AIContent[Calls.Count];
        for (var index = 0; index < Calls.Count; index++)
            contents[index] = Calls[index].ToContent(IdOf(callsBefore + index + 1), results);
        return contents;
    }
}

/// <summary>A call of a script.</summary>
internal sealed record ScriptCall(string Tool, JsonElement Arguments)
{
    public FunctionCallContent ToContent(string id, ScriptResults results)
    {
        var arguments = ScriptArguments.Fill(Arguments, results);
        // A script may send what a broken model would: then there is no dictionary, only the raw value.
        if (arguments.ValueKind != JsonValueKind.Object) return new(id, Tool) { RawRepresentation = arguments };
        var dictionary = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in arguments.EnumerateObject()) dictionary[member.Name] = member.Value;
        return new(id, Tool, dictionary) { RawRepresentation = arguments };
    }
}
