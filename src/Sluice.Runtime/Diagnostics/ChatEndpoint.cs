using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace Sluice.Runtime.Diagnostics;

/// <summary>Who answers, and where.</summary>
/// <param name="Provider">The provider's name, as the conventions write it where they know it.</param>
/// <param name="Address">The host; null when it is not known.</param>
/// <param name="Port">Its port; null when it is not known.</param>
internal sealed record ChatEndpoint(string Provider, string? Address, int? Port)
{
    /// <summary>What a client says of itself.</summary>
    /// <param name="client">The client.</param>
    /// <param name="fallback">The provider's name when the client does not give one.</param>
    public static ChatEndpoint Of(IChatClient client, string fallback)
    {
        var metadata = client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata;
        return new(WellKnown(metadata?.ProviderName ?? fallback), metadata?.ProviderUri?.Host, metadata?.ProviderUri?.Port);
    }

    /// <summary>The attributes that every measurement of a call has.</summary>
    public TagList Tags(string? requestModel, string? responseModel)
    {
        var tags = new TagList { { GenAIAttributes.OperationName, "chat" }, { GenAIAttributes.ProviderName, Provider } };
        if (requestModel is not null) tags.Add(GenAIAttributes.RequestModel, requestModel);
        if (responseModel is not null) tags.Add(GenAIAttributes.ResponseModel, responseModel);
        if (Address is null) return tags;
        tags.Add(GenAIAttributes.ServerAddress, Address);
        tags.Add(GenAIAttributes.ServerPort, Port);
        return tags;
    }

    private static string WellKnown(string name) => name switch
    {
        "az.ai.openai" => "azure.ai.openai",
        "az.ai.inference" => "azure.ai.inference",
        "gemini" => "gcp.gemini",
        "vertex_ai" => "gcp.vertex_ai",
        "mistral" => "mistral_ai",
        "xai" => "x_ai",
        _ => name,
    };
}
