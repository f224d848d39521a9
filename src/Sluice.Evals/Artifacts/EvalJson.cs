using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice.Evals.Artifacts;

/// <summary>The JSON of datasets, artifacts and envelopes: that of everything else, with nothing written for what is not there.</summary>
internal static class EvalJson
{
    /// <summary>Arguments and results, each as deep as values may be, stand within cases, samples and trajectories.</summary>
    private const int MaxDepth = 2 * SluiceJson.MaxDepth;

    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(SluiceJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = MaxDepth };
        options.MakeReadOnly();
        return options;
    }
}
