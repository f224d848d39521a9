using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Json;
using Sluice.Runtime.References;

namespace Sluice.Runtime.Interpreters;

/// <summary>The results of a frame's earlier calls, for scripts that pass them on: <c>{"$result": N, "path": "/pointer"}</c>.</summary>
internal sealed class ScriptResults(IReadOnlyList<ChatMessage> history, int prompt)
{
    public const string Member = "$result";

    public const string Path = "path";

    /// <summary>The value that a placeholder stands for.</summary>
    public JsonElement Resolve(JsonElement placeholder)
    {
        var id = ScriptStep.IdOf(placeholder.GetProperty(Member).GetInt32());
        var path = placeholder.TryGetProperty(Path, out var pointer) ? pointer.GetString()! : "";
        var value = Find(id);
        foreach (var segment in JsonPointerPath.Split(path))
        {
            value = JsonPointerPath.Step(value, segment) ?? throw new SluiceException(
                ErrorCodes.InvalidScript, $"The result of '{id}' has no '{path}'; it is {JsonPointerPath.Shorten(Find(id))}.");
        }

        return value;
    }

    /// <summary>The results of the frame's first calls, in the order of the calls.</summary>
    public IReadOnlyList<JsonElement> All(int calls) => [.. Enumerable.Range(1, calls).Select(call => Find(ScriptStep.IdOf(call)))];

    private JsonElement Find(string id)
    {
        for (var index = prompt + 1; index < history.Count; index++)
        {
            foreach (var content in history[index].Contents)
            {
                if (content is FunctionResultContent result && result.CallId == id)
                    return result.Result is JsonElement element ? element : JsonSerializer.SerializeToElement(result.Result, SluiceJson.Options);
            }
        }

        throw new SluiceException(ErrorCodes.InvalidScript, $"A script asks for the result of '{id}', which has none yet.");
    }
}
