using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>What an agent is for; decides its built-in tools and whether it remembers its thread by default.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AgentRole>))]
public enum AgentRole
{
    /// <summary>Hands work to other agents through <c>call_agent</c>.</summary>
    [JsonStringEnumMemberName("coordinator")]
    Coordinator,

    /// <summary>Explores and stores a typed plan.</summary>
    [JsonStringEnumMemberName("planner")]
    Planner,

    /// <summary>Executes a stored plan through the approval gate.</summary>
    [JsonStringEnumMemberName("executor")]
    Executor,

    /// <summary>Does one kind of work with the tools it is given.</summary>
    [JsonStringEnumMemberName("specialist")]
    Specialist,
}
