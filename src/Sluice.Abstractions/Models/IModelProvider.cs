using Microsoft.Extensions.AI;

namespace Sluice.Models;

/// <summary>Makes the chat clients of one protocol. The packages of the providers implement it; a runtime is given them in its options.</summary>
/// <remarks>
/// <para>A client makes one attempt per call and throws <see cref="ProviderException"/> when it fails: the runtime decides whether and when to
/// try again, so a client must not. It serves every model of its provider: <see cref="ChatOptions.ModelId"/> says which one.</para>
/// <para>A stream that breaks off before the provider said that it ended is a failure, never a short answer. Tool calls come whole. Calls run
/// at once from many threads.</para>
/// </remarks>
public interface IModelProvider
{
    /// <summary>The <see cref="ProviderSpec.Kind"/> it serves, such as <c>anthropic</c>.</summary>
    string Kind { get; }

    /// <summary>The environment variable that holds the key where the spec names none, such as <c>ANTHROPIC_API_KEY</c>.</summary>
    string ApiKeyEnv { get; }

    /// <summary>How the ids of its models begin, such as <c>claude-</c>: what a model without a provider is routed by.</summary>
    IReadOnlyList<string> ModelPrefixes { get; }

    /// <summary>Makes a client. No call is made yet. The runtime disposes it.</summary>
    /// <param name="settings">What it is to use.</param>
    IChatClient CreateClient(ModelProviderSettings settings);
}
