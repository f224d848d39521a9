using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>How the samples of a case become the case's score.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EvalAggregation>))]
public enum EvalAggregation
{
    /// <summary>The share of samples that passed.</summary>
    [JsonStringEnumMemberName("pass_rate")]
    PassRate,

    /// <summary>The mean of the samples' scores.</summary>
    [JsonStringEnumMemberName("mean_score")]
    MeanScore,
}
