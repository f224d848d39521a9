using Microsoft.Extensions.AI;
using Sluice.Models;
using Sluice.OpenAI.Clients;

namespace Sluice;

/// <summary>Models of OpenAI and of every endpoint that speaks its chat completions protocol, such as llama.cpp, vLLM and Ollama.</summary>
/// <remarks>
/// Models that OpenAI serves through its Responses API alone, such as <c>codex-…</c> and <c>…-pro</c>, are not among them: for these, give a
/// client of your own to a provider of kind <c>custom</c>.
/// </remarks>
public sealed class OpenAIModelProvider : IModelProvider
{
    /// <summary><c>openai</c>.</summary>
    public string Kind => "openai";

    /// <summary><c>OPENAI_API_KEY</c>.</summary>
    public string ApiKeyEnv => "OPENAI_API_KEY";

    /// <inheritdoc/>
    public IReadOnlyList<string> ModelPrefixes { get; } = ["gpt-", "chatgpt-", "o1", "o3", "o4"];

    /// <summary>Makes a client. No call is made yet.</summary>
    /// <param name="settings">
    /// The key, the endpoint and headers. Without a <see cref="ModelProviderSettings.BaseUrl"/> the environment variable
    /// <c>OPENAI_BASE_URL</c> counts, and without that <c>https://api.openai.com/v1</c>.
    /// </param>
    /// <exception cref="SluiceException">The key, a header or the endpoint cannot be used; the message says which, never their values.</exception>
    public IChatClient CreateClient(ModelProviderSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return OpenAIChatClient.Create(settings, Environment.GetEnvironmentVariable("OPENAI_BASE_URL"), DirectHandler.Create());
    }
}
