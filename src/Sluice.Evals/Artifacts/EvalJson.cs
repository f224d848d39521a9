using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Json;

namespace Sluice.Evals.Artifacts;

/// <summary>The JSON of datasets, artifacts and envelopes: that of everything else, with nothing written for what is not there.</summary>
internal static class EvalJson
{
    public static JsonSerializerOptions Options { get; } = Create(isIndented: false);

    public static JsonSerializerOptions Indented { get; } = Create(isIndented: true);

    private static JsonSerializerOptions Create(bool isIndented)
    {
        var options = new JsonSerializerOptions(SluiceJson.Options)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // A value as deep as values may be stands a few levels deep in a dataset or an artifact.
            MaxDepth = 2 * SluiceJson.MaxDepth,
            WriteIndented = isIndented,
        };
        options.MakeReadOnly();
        return options;
    }
}
