using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sluice.Json;

namespace Sluice;

internal sealed class TypedToolHandler<TArgs, TResult>(
    Func<TArgs, ToolContext, Task<TResult>> handler, Func<TResult, JsonElement> write) : ToolHandler
{
    private readonly JsonTypeInfo<TArgs> _contract = (JsonTypeInfo<TArgs>)SluiceJson.Options.GetTypeInfo(typeof(TArgs));

    public override ValueTask<JsonElement> InvokeAsync(JsonElement arguments, ToolContext context)
    {
        var running = handler(Read(arguments), context);
        return running.IsCompletedSuccessfully ? new(write(running.Result)) : AwaitAsync(running);
    }

    private async ValueTask<JsonElement> AwaitAsync(Task<TResult> running) => write(await running.ConfigureAwait(false));

    private TArgs Read(JsonElement arguments)
    {
        try
        {
            return arguments.Deserialize(_contract) ?? throw new JsonException("The arguments are null and must be an object.");
        }
        catch (JsonException e)
        {
            throw new SluiceException(ErrorCodes.InvalidArguments, $"The arguments can't be read: {e.Message}", e);
        }
    }
}
