using Microsoft.Extensions.AI;

namespace Sluice.Cli.Data;

/// <summary>A model as the front door's providers serve it: keys from the environment, retries, and limits on what one call may take.</summary>
internal sealed class LiveModel : IAsyncDisposable
{
    private readonly AgentRuntime _runtime;

    private LiveModel(AgentRuntime runtime, IChatClient client) => (_runtime, Client) = (runtime, client);

    public IChatClient Client { get; }

    /// <summary>Opens the model.</summary>
    /// <exception cref="SpecValidationException">No provider serves it, or its key is missing.</exception>
    public static LiveModel Create(string tenantId, string model)
    {
        var spec = Define.Runtime(Define.Tenant(tenantId, "cli"), [Define.Specialist("model", model, "You describe data.")]);
        var runtime = SluiceRuntime.Create(spec, new() { Interpreter = Interpreter.Live, ModelProviders = [new OpenAIModelProvider()] });
        return new(runtime, runtime.GetChatClient(model));
    }

    public ValueTask DisposeAsync() => _runtime.DisposeAsync();
}
