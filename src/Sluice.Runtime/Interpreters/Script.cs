using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sluice.Json;
using Sluice.Runtime.Interpreters;

namespace Sluice;

/// <summary>Builds prompts for <see cref="Interpreter.Scripted"/>. A script inside another's arguments becomes a string, as a prompt is.</summary>
[JsonConverter(typeof(ScriptConverter))]
public sealed class Script
{
    private static readonly JsonSerializerOptions Options = new(SluiceJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly string _json;

    private Script(string json) => _json = json;

    /// <summary>A script of steps, one model turn each. After the last one the agent is done.</summary>
    public static Script Of(params IEnumerable<ScriptTurn> turns)
    {
        ArgumentNullException.ThrowIfNull(turns);
        var steps = new JsonArray([.. turns.Select(turn => turn.ToNode())]);
        return new(new JsonObject { ["script"] = steps }.ToJsonString(Options));
    }

    /// <summary>A turn with one tool call.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">The arguments; written as camelCase JSON. Null: none.</param>
    public static ScriptTurn Call(string tool, object? arguments = null) => new([(tool, ToNode(arguments))], null);

    /// <summary>A turn with several tool calls.</summary>
    /// <param name="calls">Turns of one call each.</param>
    public static ScriptTurn Calls(params IEnumerable<ScriptTurn> calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        return new([.. calls.SelectMany(call => call.ToolCalls)], null);
    }

    /// <summary>A turn of text.</summary>
    public static ScriptTurn Text(string text) => new([], text);

    /// <summary>Stands in arguments for the result of an earlier call of the same frame.</summary>
    /// <param name="call">Which call, from 1.</param>
    /// <param name="path">A JSON Pointer into the result; empty: all of it.</param>
    public static object Result(int call, string path = "") =>
        new Dictionary<string, object> { [ScriptResults.Member] = call, [ScriptResults.Path] = path };

    /// <summary>The prompt.</summary>
    public static implicit operator string(Script script)
    {
        ArgumentNullException.ThrowIfNull(script);
        return script._json;
    }

    /// <inheritdoc/>
    public override string ToString() => _json;

    private static JsonNode ToNode(object? arguments) =>
        arguments is null ? new JsonObject() : JsonSerializer.SerializeToNode(arguments, arguments.GetType(), Options)!;
}
