using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Runtime.Interpreters;
using Sluice.Runtime.Providers;
using Sluice.Runtime.Recordings;

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

    /// <summary>
    /// As <see cref="Scripted"/>, for prompts as people write them: what an agent answers is the script that is found for its prompt. A prompt
    /// that none is found for is read as a script.
    /// </summary>
    /// <param name="find">
    /// Finds the script for a prompt and the results of the frame's calls so far, in order; null: there is none. It is asked before every turn
    /// and must give the same turns for what has been: a script may grow with the results, and what it says may hold them. It must allow
    /// several calls at once.
    /// </param>
    public static Interpreter ScriptedFor(Func<string, IReadOnlyList<JsonElement>, Script?> find)
    {
        ArgumentNullException.ThrowIfNull(find);
        return new ClientInterpreter("scripted", new ScriptedChatClient(find));
    }

    /// <summary>
    /// Routes each agent's model to a provider: the one it names, else by the beginning of its id, else the only one. Failed calls are made
    /// again and go to the model's fallbacks, as <see cref="RuntimeOptions.ModelCalls"/> says.
    /// </summary>
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
        return new ClientInterpreter("client", client, answersFreely: true);
    }

    /// <summary>Another interpreter, whose complete answers are appended to a cassette: a file of JSON lines that <see cref="Replay"/> answers from.</summary>
    /// <param name="inner">What answers.</param>
    /// <param name="cassettePath">The file, made when there is a first answer. Its folder must exist. Several runtimes and processes of one machine may record into it at once.</param>
    /// <param name="options">What is left out, and what differs from run to run. Default: what the runtime knows of itself.</param>
    public static Interpreter Record(Interpreter inner, string cassettePath, CassetteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentException.ThrowIfNullOrWhiteSpace(cassettePath);
        return new RecordInterpreter(inner, Path.GetFullPath(cassettePath), CassetteOptions.Checked(options));
    }

    /// <summary>
    /// Answers from a cassette and makes no call. Equal requests get their answers in the order in which they were recorded, and then again from
    /// the first. A request that was not recorded fails with <c>not_recorded</c> and how the nearest one differs.
    /// </summary>
    /// <param name="cassettePath">The file; a runtime cannot be created when it is missing or broken. Read once.</param>
    /// <param name="options">The options that were recorded with.</param>
    public static Interpreter Replay(string cassettePath, CassetteOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(cassettePath);
        return new ReplayInterpreter(Path.GetFullPath(cassettePath), CassetteOptions.Checked(options));
    }

    /// <summary>Whether a model answers, which can be asked for more than the run planned: a summary, or a last word when a budget ends.</summary>
    internal virtual bool AnswersFreely => false;

    /// <summary>The client that answers for a model; null, with a problem added, when there is none.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">Where it stands, for the problems.</param>
    /// <param name="models">The runtime's live models.</param>
    /// <param name="problems">What does not fit.</param>
    internal abstract IChatClient? FindClient(ModelSpec model, string path, ModelClients models, ICollection<SpecError> problems);
}
