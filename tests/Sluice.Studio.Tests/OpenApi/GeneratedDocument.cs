using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.OpenApi;
using Sluice.Json;

namespace Sluice.Studio.Tests.OpenApi;

/// <summary>The OpenAPI document as the endpoints themselves give it, in the form in which it is checked in.</summary>
internal static partial class GeneratedDocument
{
    private const string Events = "/runtime-events";

    /// <summary>What the messages of event streams are, by the end of their path.</summary>
    private static readonly Dictionary<string, string?> Streams = new(StringComparer.Ordinal)
    {
        ["/runs/{run}/events"] = "RuntimeEvent",
        ["/changes"] = "Change",
        // Of each kind of job its own; docs/guides/studio.md says which.
        ["/jobs/{job}/progress"] = null,
    };

    private static readonly JsonSerializerOptions Written = new(SluiceJson.Options) { WriteIndented = true, NewLine = "\n" };

    public static async Task<string> WriteAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(SluiceRuntime.Create(Shop.Spec, new() { Interpreter = Interpreter.Scripted }));
        builder.Services.Configure<JsonOptions>(json => UseOurs(json.SerializerOptions));
        builder.Services.AddOpenApi("studio", options => options.AddSchemaTransformer((schema, context, _) =>
        {
            // What a converter of ours writes is not seen by the generator.
            var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (type == typeof(DateTimeOffset)) (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
            return Task.CompletedTask;
        }));
        await using var host = builder.Build();
        host.MapSluiceStudio();
        host.MapGet(Events, () => TypedResults.Empty).Produces<RuntimeEvent>();
        host.MapOpenApi();
        await host.StartAsync();
        using var client = new HttpClient();
        var json = await client.GetStringAsync(new Uri($"{host.Urls.Single()}/openapi/studio.json"));
        return Finish(JsonNode.Parse(EventNames().Replace(json, "${name}"))!.AsObject()).ToJsonString(Written) + "\n";
    }

    private static void UseOurs(JsonSerializerOptions options)
    {
        var ours = SluiceJson.Options;
        options.NumberHandling = ours.NumberHandling;
        options.RespectNullableAnnotations = ours.RespectNullableAnnotations;
        options.RespectRequiredConstructorParameters = ours.RespectRequiredConstructorParameters;
        foreach (var converter in ours.Converters) options.Converters.Add(converter);
    }

    private static JsonObject Finish(JsonObject document)
    {
        document["info"] = new JsonObject { ["title"] = "Sluice Studio", ["version"] = "v1" };
        document.Remove("servers");
        document.Remove("tags");
        var paths = document["paths"]!.AsObject();
        paths.Remove(Events);
        var bodies = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, operations) in paths)
        {
            foreach (var (method, operation) in operations!.AsObject()) Finish(path, method, operation!.AsObject(), bodies);
        }

        var schemas = document["components"]!["schemas"]!.AsObject();
        schemas["EventPage"]!["properties"]!["events"] = new JsonObject { ["type"] = "array", ["items"] = Reference("RuntimeEvent") };
        schemas["Problem"] = Problem();
        foreach (var (name, schema) in schemas)
        {
            if (!bodies.Contains(name)) Require(schema!.AsObject(), nullsAreWritten: !name.EndsWith("Event", StringComparison.Ordinal));
        }

        return document;
    }

    private static void Finish(string path, string method, JsonObject operation, HashSet<string> bodies)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        operation["tags"] = new JsonArray(TagOf(parts));
        operation["operationId"] = $"{method}-{string.Join('-', parts.Skip(1).Select(part => part.Trim('{', '}')))}";
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            var name = parameter!["name"]!.GetValue<string>();
            parameter["description"] = Parameters.Descriptions.GetValueOrDefault(name) ?? throw new InvalidOperationException($"Parameter '{name}' of {path} is not described.");
            if (Parameters.Enums.GetValueOrDefault((TagOf(parts), name)) is { } type) parameter["schema"] = Reference(type);
        }

        if (operation["requestBody"]?["content"]?["application/json"]?["schema"]?["$ref"]?.GetValue<string>() is { } body) bodies.Add(body.Split('/')[^1]);
        var responses = operation["responses"]!.AsObject();
        if (Streams.FirstOrDefault(stream => path.EndsWith(stream.Key, StringComparison.Ordinal)) is { Key: not null } stream)
        {
            var content = responses["200"]!["content"]?.AsObject() ?? [];
            responses["200"]!["content"] = content.Parent is null ? content : content.DeepClone();
            responses["200"]!["content"]!["text/event-stream"] = new JsonObject { ["schema"] = stream.Value is { } type ? Reference(type) : new JsonObject() };
        }

        responses["default"] = new JsonObject
        {
            ["description"] = "What was wrong",
            ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = Reference("Problem") } },
        };
    }

    private static string TagOf(string[] parts) => parts is [_, "workspaces", "{workspace}", var part, ..] ? part : "studio";

    /// <summary>What is answered has all its members, but that events leave out what is null.</summary>
    private static void Require(JsonObject schema, bool nullsAreWritten)
    {
        if (schema["properties"] is not JsonObject properties) return;
        string[] always = [.. properties.Where(member => nullsAreWritten || !IsNullable(member.Value!)).Select(member => member.Key)];
        if (always.Length > 0) schema["required"] = new JsonArray([.. always.Select(name => JsonValue.Create(name))]);
    }

    private static bool IsNullable(JsonNode schema) =>
        schema["type"] is JsonArray types && types.Any(type => type!.GetValue<string>() == "null")
        || schema["oneOf"] is JsonArray choices && choices.Any(choice => choice!["type"] is JsonValue type && type.GetValue<string>() == "null");

    private static JsonObject Problem() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["type"] = Text("about:blank"),
            ["title"] = Text("The code again"),
            ["status"] = new JsonObject { ["type"] = "integer" },
            ["detail"] = Text("What was wrong, where, and what to do"),
            ["code"] = Text("The stable code"),
            ["retryable"] = new JsonObject { ["type"] = "boolean", ["description"] = "Whether the same request may succeed when it is sent again" },
            ["current"] = new JsonObject { ["description"] = "Of a change that was refused: what is there now" },
            ["errors"] = new JsonObject
            {
                ["type"] = new JsonArray("null", "array"),
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject { ["code"] = Text("What kind"), ["path"] = Text("The place"), ["message"] = Text("What is wrong there") },
                    ["required"] = new JsonArray("code", "path", "message"),
                },
            },
        },
    };

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };

    private static JsonObject Reference(string schema) => new() { ["$ref"] = $"#/components/schemas/{schema}" };

    [GeneratedRegex("RuntimeEvent(?<name>[A-Z][A-Za-z]*Event)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex EventNames();
}
