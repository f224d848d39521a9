using System.Text.Json.Serialization;

namespace Sluice;

/// <summary>Which part of a system is tested, and so what is scored.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EvalMode>))]
public enum EvalMode
{
    /// <summary>The planner alone: trajectory and planned actions.</summary>
    [JsonStringEnumMemberName("planner")]
    Planner,

    /// <summary>The executor alone: trajectory and executed actions.</summary>
    [JsonStringEnumMemberName("executor")]
    Executor,

    /// <summary>The whole system from the coordinator on: trajectory, planned and executed actions, and the final answer.</summary>
    [JsonStringEnumMemberName("sequential")]
    Sequential,

    /// <summary>One specialist: trajectory and the final answer.</summary>
    [JsonStringEnumMemberName("specialist")]
    Specialist,

    /// <summary>An agent that writes test cases: trajectory and the final answer, which has to be one test case as JSON.</summary>
    [JsonStringEnumMemberName("test_case_builder")]
    TestCaseBuilder,
}
