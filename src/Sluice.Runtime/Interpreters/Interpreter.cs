using Microsoft.Extensions.AI;
using Sluice.Runtime.Interpreters;

namespace Sluice;

/// <summary>What answers in the model's place. Every interpreter is an <see cref="IChatClient"/> behind the one loop; there is one per runtime.</summary>
public abstract class Interpreter
{
    private protected Interpreter()
    {
    }

    /// <summary>No model call: the run starts and finishes at once. For wiring checks.</summary>
    public static Interpreter Noop { get; } = new ClientInterpreter("noop", new NoopChatClient());

    /// <summary>
    /// The prompt is a script in JSON: <c>{"tool", "args"}</c>, or <c>{"script": [step, …]}</c>, where a step is a tool call, several calls
    /// in one turn (<c>{"tools": […]}</c>) or <c>{"text"}</c>. Routing, tools, gates, stores and dispatch are real. See <see cref="Script"/>.
    /// </summary>
    public static Interpreter Scripted { get; } = new ClientInterpreter("scripted", new ScriptedChatClient());

    /// <summary>Routes each agent's model to a provider. In this build: providers of kind <c>custom</c>, given in <c>RuntimeOptions.ChatClients</c>.</summary>
    public static Interpreter Live { get; } = new LiveInterpreter();

    /// <summary>Every model turn is this text, then stop.</summary>
    /// <param name="text">The text.</param>
    public static Interpreter Canned(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new ClientInterpreter("canned", new CannedChatClient(text));
    }

    /// <summary>One client answers for every agent. The caller disposes it.</summary>
    /// <param name="client">The client; it must allow several calls at once.</param>
    public static Interpreter FromClient(IChatClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return new ClientInterpreter("client", client);
    }

    /// <summary>The provider's name in telemetry where a client does not tell it.</summary>
    internal virtual string ProviderName => "custom";

    /// <summary>The client that answers for an agent; null, with a problem added, when there is none.</summary>
    internal abstract IChatClient? FindClient(AgentSpec agent, RuntimeSpec spec, RuntimeOptions options, ICollection<SpecError> problems);
}
