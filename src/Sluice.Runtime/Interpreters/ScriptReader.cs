using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Sluice.Runtime.Interpreters;

/// <summary>Reads a prompt as a script. What is no script is refused with its place in the JSON.</summary>
internal static class ScriptReader
{
    private static readonly JsonElement NoArguments = JsonElement.Parse("{}");

    // A frame asks once per turn with the same string: reading it every time would make long scripts quadratic.
    private static readonly ConditionalWeakTable<string, IReadOnlyList<ScriptStep>> Scripts = [];

    public static IReadOnlyList<ScriptStep> Read(string prompt) => Scripts.GetValue(prompt, Parse);

    private static IReadOnlyList<ScriptStep> Parse(string prompt)
    {
        JsonElement root;
        try
        {
            root = JsonElement.Parse(prompt);
        }
        catch (JsonException exception)
        {
            throw Invalid($"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}", "The prompt is no JSON.");
        }
        catch (ArgumentException)
        {
            throw Invalid("line 1, byte 1", "The prompt has half a surrogate pair, which no JSON text can hold.");
        }

        if (root.ValueKind != JsonValueKind.Object) throw Invalid("/", "A script is a JSON object.");
        if (!root.TryGetProperty("script", out var steps)) return [ReadStep(root, "")];
        if (steps.ValueKind != JsonValueKind.Array) throw Invalid("/script", "\"script\" is an array of steps.");
        RefuseOthers(root, "", "script");
        return [.. steps.EnumerateArray().Select((step, index) => ReadStep(step, $"/script/{index}"))];
    }

    private static ScriptStep ReadStep(JsonElement step, string path)
    {
        if (step.ValueKind != JsonValueKind.Object) throw Invalid(path, "A step is a JSON object.");
        if (step.TryGetProperty("text", out var text))
        {
            RefuseOthers(step, path, "text");
            return text.ValueKind == JsonValueKind.String
                ? new(text.GetString(), [])
                : throw Invalid($"{path}/text", "\"text\" is a string.");
        }

        if (!step.TryGetProperty("tools", out var calls)) return new(null, [ReadCall(step, path)]);
        RefuseOthers(step, path, "tools");
        if (calls.ValueKind != JsonValueKind.Array || calls.GetArrayLength() == 0)
            throw Invalid($"{path}/tools", "\"tools\" is an array of at least one call.");
        return new(null, [.. calls.EnumerateArray().Select((call, index) => ReadCall(call, $"{path}/tools/{index}"))]);
    }

    private static ScriptCall ReadCall(JsonElement call, string path)
    {
        if (call.ValueKind != JsonValueKind.Object || !call.TryGetProperty("tool", out var tool) || tool.ValueKind != JsonValueKind.String)
            throw Invalid(path, "A step has \"tool\" (a string) and \"args\", or \"tools\", or \"text\".");
        RefuseOthers(call, path, "tool", "args");
        if (!call.TryGetProperty("args", out var arguments)) return new(tool.GetString()!, NoArguments);
        CheckPlaceholders(arguments, $"{path}/args");
        return new(tool.GetString()!, arguments);
    }

    private static void CheckPlaceholders(JsonElement value, string path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.TryGetProperty(ScriptResults.Member, out var call):
                RefuseOthers(value, path, ScriptResults.Member, ScriptResults.Path);
                if (call.ValueKind != JsonValueKind.Number || !call.TryGetInt32(out var number) || number < 1)
                    throw Invalid($"{path}/{ScriptResults.Member}", $"\"{ScriptResults.Member}\" is the number of an earlier call of the frame, from 1.");
                if (value.TryGetProperty(ScriptResults.Path, out var pointer) && pointer.ValueKind != JsonValueKind.String)
                    throw Invalid($"{path}/{ScriptResults.Path}", $"\"{ScriptResults.Path}\" is a JSON Pointer into the result.");
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject()) CheckPlaceholders(member.Value, $"{path}/{member.Name}");
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var element in value.EnumerateArray()) CheckPlaceholders(element, $"{path}/{index++}");
                break;
        }
    }

    private static void RefuseOthers(JsonElement value, string path, params ReadOnlySpan<string> known)
    {
        foreach (var member in value.EnumerateObject())
        {
            if (!known.Contains(member.Name))
                throw Invalid($"{path}/{member.Name}", $"\"{member.Name}\" is not known here; known: {string.Join(", ", known!)}.");
        }
    }

    private static SluiceException Invalid(string place, string problem) =>
        new(ErrorCodes.InvalidScript, $"The prompt is no script, at {(place.Length == 0 ? "/" : place)}: {problem}");
}
