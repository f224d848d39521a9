using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Sluice.Json;

namespace Sluice;

/// <summary>Makes a handler and its schema from any delegate. A <see cref="ToolContext"/> parameter gets the call's surroundings.</summary>
internal static class DelegateTool
{
    public static (ToolHandler Handler, JsonElement Schema) Create(string name, string description, Delegate handler)
    {
        var function = AIFunctionFactory.Create(handler, new AIFunctionFactoryOptions
        {
            Name = name,
            Description = description,
            SerializerOptions = SluiceJson.Options,
            ConfigureParameterBinding = Bind,
            ExcludeResultSchema = true,
        });

        // The function's own schema tells which parameters the model fills; what they look like follows the rules of argument types.
        var parameters = handler.Method.GetParameters().Where(parameter => IsFilledByModel(parameter, function.JsonSchema)).ToList();
        var contracts = parameters.ToDictionary(
            parameter => parameter.Name!, parameter => SluiceJson.Options.GetTypeInfo(parameter.ParameterType), StringComparer.Ordinal);
        return (new FunctionToolHandler(function, contracts), DeriveSchema(parameters));
    }

    private static AIFunctionFactoryOptions.ParameterBindingOptions Bind(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(ToolContext)
            ? new() { ExcludeFromSchema = true, BindParameter = (_, arguments) => arguments.Context?[typeof(ToolContext)] }
            : default;

    private static bool IsFilledByModel(ParameterInfo parameter, JsonElement functionSchema) =>
        functionSchema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(parameter.Name!, out _);

    private static JsonElement DeriveSchema(IEnumerable<ParameterInfo> parameters)
    {
        var (properties, required, definitions) = (new JsonObject(), new JsonArray(), new JsonObject());
        foreach (var parameter in parameters)
        {
            var schema = JsonSchemaDerivation.DeriveParameter(parameter, SluiceJson.Options);
            SchemaDefinitions.Move(schema, definitions);
            properties[parameter.Name!] = schema;
            if (!parameter.HasDefaultValue) required.Add(parameter.Name);
        }

        var whole = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0) whole["required"] = required;
        whole["additionalProperties"] = false;
        if (definitions.Count > 0) whole["$defs"] = definitions;
        return JsonSchemaDerivation.ToElement(whole);
    }
}
