using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>What came of scoring.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ScoreStatus>))]
public enum ScoreStatus
{
    /// <summary>There is a score.</summary>
    [JsonStringEnumMemberName("scored")]
    Scored,

    /// <summary>A judge could not be asked, what it said could not be read, or it said one thing and then the other.</summary>
    [JsonStringEnumMemberName("judge_error")]
    JudgeError,

    /// <summary>A judge refused to judge.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>A judge gave a verdict that was not among those it was offered.</summary>
    [JsonStringEnumMemberName("off_menu")]
    OffMenu,
}
