using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Sluice.OpenAI.Requests;

/// <summary>The field's JSON options without indentation: models are paid by the token.</summary>
internal static class CompactJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(AIJsonUtilities.DefaultOptions) { WriteIndented = false };
        options.MakeReadOnly();
        return options;
    }
}
