using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>How far a standing approval reaches.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalGrantScope>))]
public enum ApprovalGrantScope
{
    /// <summary>This tool, with any arguments, for the rest of the run.</summary>
    [JsonStringEnumMemberName("run")]
    Run,

    /// <summary>This tool with these very arguments, in any run of the tenant.</summary>
    [JsonStringEnumMemberName("arguments")]
    Arguments,
}
