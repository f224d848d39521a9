using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Sluice;

/// <summary>Calls a function of Microsoft.Extensions.AI.</summary>
/// <param name="function">The function.</param>
/// <param name="parameters">The contracts of its parameters, where they are known: arguments are read before the function runs.</param>
internal sealed class FunctionToolHandler(AIFunction function, IReadOnlyDictionary<string, JsonTypeInfo>? parameters = null) : ToolHandler
{
    public override async ValueTask<JsonElement> InvokeAsync(JsonElement arguments, ToolContext context)
    {
        var bound = new AIFunctionArguments
        {
            Services = context.Services,
            Context = new Dictionary<object, object?> { [typeof(ToolContext)] = context },
        };
        foreach (var member in arguments.EnumerateObject()) bound[member.Name] = Read(member);
        return ToolResult.ToJson(await function.InvokeAsync(bound, context.CancellationToken).ConfigureAwait(false));
    }

    private object? Read(JsonProperty member)
    {
        if (parameters is null || !parameters.TryGetValue(member.Name, out var contract)) return member.Value;
        try
        {
            return member.Value.Deserialize(contract);
        }
        catch (JsonException e)
        {
            throw new SluiceException(ErrorCodes.InvalidArguments, $"The argument '{member.Name}' can't be read: {e.Message}", e);
        }
    }
}
